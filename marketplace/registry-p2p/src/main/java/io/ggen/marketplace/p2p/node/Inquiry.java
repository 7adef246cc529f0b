package io.ggen.marketplace.p2p.node;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.catalogue.Introducer;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.exchange.CatalogueExchange;
import io.ggen.marketplace.p2p.search.Gathered;
import io.ggen.marketplace.p2p.search.Question;
import io.ggen.marketplace.p2p.search.RemoteSearch;
import io.ggen.marketplace.p2p.search.SearchService;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers from the catalogue, and brings it up to date first where it cannot know: once for a node
 * that has just begun, and for a name that nobody has told it of. Thread-safe; blocks on the
 * network for some seconds at most.
 */
final class Inquiry {
    private static final System.Logger LOG = System.getLogger(Inquiry.class.getName());
    private static final Duration FOR_A_PEER = Duration.ofSeconds(5);
    private static final Duration FOR_ANSWERS = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration UNKNOWN_STAYS = Duration.ofMinutes(5);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final Duration FOR_OFFENCES = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int PEERS = 3;
    private static final int HOLDERS = 4;
    private static final int QUORUM = 3;
    private static final int MAX_UNKNOWN = 1_024;

    private final Parts parts;
    private final Host host;
    private final Kad kad;
    private final Peering peering;
    private final Introducers introducers;
    private final RemoteSearch remote;
    private final HitSources hitSources;
    private final Standing standing;
    private final InstantSource clock;
    private final ReentrantLock updating = new ReentrantLock();
    private final Map<PackageRef, Instant> unknown = new LinkedHashMap<>();
    private Instant lastTry = Instant.MIN;
    private boolean hasWaited;

    Inquiry(Parts parts, Peering peering, Introducers introducers, Standing standing) {
        this.introducers = introducers;
        this.hitSources = new HitSources(parts);
        this.remote = new RemoteSearch(parts.host(), this::punish);
        this.parts = parts;
        this.host = parts.host();
        this.kad = parts.kad();
        this.peering = peering;
        this.standing = standing;
        this.clock = host.options().clock();
    }

    /** Searches the catalogue; what it lacks makes the results incomplete, never an error. */
    SearchResults search(Query query) {
        boolean current = standing == Standing.PASSING ? ask(Question.of(query)) : isCurrent();
        SearchResults found = hitSources.search(query);
        return new SearchResults(
                found.hits(),
                found.total(),
                found.incomplete() || !current,
                found.categories(),
                found.tags());
    }

    private boolean isCurrent() {
        return isFresh() || isAlone() || update();
    }

    /** Asks some peers, and takes in what they answer; returns whether that is all they know. */
    private boolean ask(Question question) {
        if (!peering.awaitPeer(FOR_A_PEER)) {
            return false;
        }
        return ask(speakers(SearchService.PROTOCOL), question);
    }

    private boolean ask(List<PeerId> peers, Question question) {
        Gathered gathered = remote.ask(peers, question, FOR_ANSWERS);
        for (SignedRecord record : gathered.records()) {
            parts.catalogue()
                    .admit(
                            EnvelopeCodec.encode(record.envelope()),
                            new Source.Exchange(introducer(gathered)));
        }
        return !gathered.answered().isEmpty() && gathered.isComplete();
    }

    private void punish(PeerId peer) {
        parts.bans().ban(peer, FOR_OFFENCES, "it answered a search with what is not genuine");
    }

    private Introducer introducer(Gathered gathered) {
        return introducers.of(gathered.answered().iterator().next());
    }

    /** Returns whether there is nobody to ask: what is known here is all there is. */
    private boolean isAlone() {
        return standing == Standing.HOME && peering.nodes().isEmpty() && peering.connected() == 0;
    }

    private boolean isFresh() {
        return parts.catalogue()
                .lastExchange()
                .filter(it -> it.plus(FRESH).isAfter(clock.instant()))
                .isPresent();
    }

    /**
     * Exchanges records with some peers, unless that was tried just now; returns whether one did.
     */
    private boolean update() {
        updating.lock();
        try {
            Instant now = clock.instant();
            if (isFresh()) {
                return true;
            }
            if (!lastTry.equals(Instant.MIN) && lastTry.plus(FOR_ANSWERS).isAfter(now)) {
                return false;
            }
            boolean mayWait = standing == Standing.PASSING || !hasWaited;
            hasWaited = true;
            if (!peering.awaitPeer(mayWait ? FOR_A_PEER : Duration.ZERO)) {
                return false;
            }
            lastTry = clock.instant();
            return exchangeSoon();
        } finally {
            updating.unlock();
        }
    }

    /** Exchanges with whoever has time: one that is under way already serves as well. */
    private boolean exchangeSoon() {
        long end = System.nanoTime() + FOR_ANSWERS.toNanos();
        List<PeerId> peers = speakers(CatalogueExchange.PROTOCOL);
        while (!peers.isEmpty() && System.nanoTime() < end) {
            if (exchange(peers) || isFresh()) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            peers = speakers(CatalogueExchange.PROTOCOL);
        }
        return isFresh();
    }

    private List<PeerId> speakers(String protocol) {
        List<PeerId> speakers = new ArrayList<>();
        for (PeerId peer : peering.peers()) {
            boolean speaks =
                    host.peerStore()
                            .identity(peer)
                            .map(it -> it.protocols().contains(protocol))
                            .orElse(true);
            if (speaks && speakers.size() < PEERS) {
                speakers.add(peer);
            }
        }
        return speakers;
    }

    /** Exchanges with all of {@code peers} at once; returns whether one was complete in time. */
    private boolean exchange(List<PeerId> peers) {
        var over = new CountDownLatch(peers.size());
        List<PeerId> done = Collections.synchronizedList(new ArrayList<>());
        for (PeerId peer : peers) {
            Thread.ofVirtual()
                    .name("inquiry")
                    .start(() -> {
                        try {
                            parts.exchange().exchange(peer);
                            done.add(peer);
                        } catch (Libp2pException | MarketplaceException e) {
                            LOG.log(System.Logger.Level.DEBUG, () -> peer + " tells nothing", e);
                        } finally {
                            over.countDown();
                        }
                    });
        }
        try {
            if (!over.await(FOR_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "some peers have not told all they know yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !done.isEmpty();
    }

    /** Returns whether of a package that is known some versions may not be. */
    boolean isPartial() {
        return standing == Standing.PASSING;
    }

    /**
     * Asks about releases of a package: peers that are connected, then those who say in the DHT
     * that they know some, then the DHT for the latest record of a publisher who is named; returns
     * whether anybody was asked. A package is not asked about again for some minutes.
     */
    boolean askAbout(PackageRef ref) {
        if (isAlone() || !isDue(ref)) {
            return false;
        }
        var question = Question.of(PackageRef.of(ref.id()));
        boolean asked = isPartial() ? ask(question) : isFresh() || update();
        if (parts.catalogue().publishers(ref.id()).isEmpty()) {
            List<PeerId> holders = holders(ref.id());
            asked |= !holders.isEmpty() && ask(holders, question);
        }
        if (ref.publisher().isPresent() && parts.catalogue().versions(ref).isEmpty()) {
            asked |= lookUp(DhtKeys.release(ref.publisher().get(), ref.id()));
        }
        if (!asked) {
            forgetAsking(ref); // nobody was there: soon there may be
        }
        return asked;
    }

    /** Takes the best of what three peers keep; the DHT's validator has looked at each. */
    private boolean lookUp(Bytes key) {
        Optional<KadRecord> record = kad.get(key, QUORUM).best();
        record.ifPresent(it ->
                parts.catalogue()
                        .admit(it.value(), new Source.Exchange(introducers.of(host.peerId()))));
        return record.isPresent();
    }

    private List<PeerId> holders(PackageId id) {
        Set<PeerId> holders = new LinkedHashSet<>();
        for (KadPeer peer : kad.providers(DhtKeys.name(id), HOLDERS).peers()) {
            if (!peer.id().equals(host.peerId()) && holders.size() < HOLDERS) {
                host.peerStore().addAddresses(peer.id(), peer.addresses(), REMEMBERED);
                holders.add(peer.id());
            }
        }
        return List.copyOf(holders);
    }

    private void forgetAsking(PackageRef ref) {
        updating.lock();
        try {
            unknown.remove(ref);
        } finally {
            updating.unlock();
        }
    }

    private boolean isDue(PackageRef ref) {
        Instant now = clock.instant();
        updating.lock();
        try {
            Instant last = unknown.get(ref);
            if (last != null && last.plus(UNKNOWN_STAYS).isAfter(now)) {
                return false;
            }
            unknown.remove(ref);
            unknown.put(ref, now);
            if (unknown.size() > MAX_UNKNOWN) {
                unknown.remove(unknown.keySet().iterator().next());
            }
            return true;
        } finally {
            updating.unlock();
        }
    }
}

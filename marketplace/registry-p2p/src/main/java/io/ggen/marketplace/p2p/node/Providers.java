package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.bitswap.FetchOutcome;
import io.ggen.libp2p.bitswap.ProviderReport;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.reputation.Bans;
import io.ggen.marketplace.p2p.reputation.KnownProviders;
import io.ggen.marketplace.p2p.reputation.Reputations;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows who may hold a content, the best first, and remembers how they did. Thread-safe; blocks on
 * the DHT.
 */
final class Providers {
    private static final Duration FOR_WRONG_BLOCKS = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final int ENOUGH = 10;
    private static final int MOST = 16;

    private final Host host;
    private final Kad kad;
    private final Reputations reputations;
    private final Bans bans;
    private final KnownProviders known;
    private final Catalogue catalogue;
    private final double least;

    Providers(Parts parts) {
        this.host = parts.host();
        this.kad = parts.kad();
        this.reputations = parts.reputations();
        this.bans = parts.bans();
        this.known = parts.knownProviders();
        this.catalogue = parts.catalogue();
        this.least = parts.context().options().reputation().minimum();
    }

    /** Notes that {@code peer} says it has the content of a release. */
    void announced(SignedRecord.OfRelease signed, PeerId peer) {
        if (!peer.equals(host.peerId())) {
            known.heard(signed.release().content().cid(), peer);
            catalogue.provided(
                    PackageRef.of(signed.release().id(), signed.signedBy().publisher()),
                    signed.release().version());
        }
    }

    /** Notes that a release is installed here: it is the last to make room for others. */
    void installed(SignedRecord.OfRelease signed) {
        catalogue.installed(
                PackageRef.of(signed.release().id(), signed.signedBy().publisher()),
                signed.release().version(),
                true);
    }

    /** Returns who says in the DHT that it holds {@code cid}, this node left out. */
    List<KadPeer> announced(Cid cid) {
        List<KadPeer> others =
                kad.providers(DhtKeys.content(cid), ENOUGH).peers().stream()
                        .filter(peer -> !peer.id().equals(host.peerId()))
                        .toList();
        catalogue
                .releaseOf(cid)
                .ifPresent(signed -> others.forEach(peer -> announced(signed, peer.id())));
        return others;
    }

    /**
     * Returns who is asked for {@code cid}: those who say that they hold it, by reputation, then
     * peers that are connected and may hold it. Whoever is unknown comes after who is known to be
     * good enough, and whoever is known not to be is the last resort.
     */
    List<PeerId> of(Cid cid) {
        List<PeerId> announced = new ArrayList<>();
        for (KadPeer peer : announced(cid)) {
            host.peerStore().addAddresses(peer.id(), peer.addresses(), REMEMBERED);
            announced.add(peer.id());
        }
        Set<PeerId> all = new LinkedHashSet<>(byReputation(announced));
        all.addAll(byReputation(connected()));
        return all.stream().filter(peer -> !bans.isBanned(peer)).limit(MOST).toList();
    }

    /** Returns the connected peers that may hold anything, by reputation; asks nobody. */
    List<PeerId> near() {
        return byReputation(connected()).stream()
                .filter(peer -> !bans.isBanned(peer))
                .limit(MOST)
                .toList();
    }

    private List<PeerId> byReputation(List<PeerId> peers) {
        List<PeerId> sorted = new ArrayList<>(peers);
        sorted.sort(Comparator.comparingDouble(peer -> -rank(reputations.of(peer).score())));
        return sorted;
    }

    private double rank(OptionalDouble score) {
        double known = score.orElse(0);
        return score.isPresent() && known < least ? known - 1 : known;
    }

    private List<PeerId> connected() {
        return host.connections().stream()
                .map(it -> it.remotePeer())
                .distinct()
                .filter(this::exchangesBlocks)
                .toList();
    }

    private boolean exchangesBlocks(PeerId peer) {
        return host.peerStore()
                .identity(peer)
                .filter(it -> it.protocols().contains(Bitswap.PROTOCOL))
                .isPresent();
    }

    /** Remembers what each provider did for a download; who sent wrong blocks is banned. */
    void judge(FetchOutcome.Figures figures) {
        for (ProviderReport report : figures.providers()) {
            boolean sound = report.blocks() > 0;
            switch (report.standing()) {
                case MISBEHAVED -> {
                    note(report, false);
                    bans.ban(report.peer(), FOR_WRONG_BLOCKS, report.detail());
                }
                case STALLED, GONE -> note(report, sound);
                case ANSWERED, LACKING -> {
                    if (sound) {
                        note(report, true);
                    }
                }
                case NOT_ASKED, UNREACHABLE -> {
                    // nothing was transferred
                }
            }
        }
    }

    /** Every content is fetched once, so that a sound transfer is of one more package. */
    private void note(ProviderReport report, boolean sound) {
        reputations.transferred(report.peer(), sound, report.service(), sound);
    }

    /**
     * Returns what went wrong with providers of a download that came to its end; empty if nothing.
     */
    static String faults(FetchOutcome.Figures figures) {
        return figures.providers().stream()
                .filter(report ->
                        switch (report.standing()) {
                            case MISBEHAVED, STALLED, UNREACHABLE, GONE -> true;
                            case NOT_ASKED, ANSWERED, LACKING -> false;
                        })
                .map(Providers::said)
                .collect(Collectors.joining("; "));
    }

    /** Returns what a provider did, for people. */
    static String said(ProviderReport report) {
        String standing =
                switch (report.standing()) {
                    case NOT_ASKED -> "was not needed";
                    case ANSWERED -> "answered";
                    case LACKING -> "does not have all of it";
                    case STALLED -> "stalled";
                    case UNREACHABLE -> "cannot be reached";
                    case GONE -> "went away";
                    case MISBEHAVED -> "sent wrong blocks and is banned for an hour";
                };
        String detail = report.detail().isEmpty() ? "" : " (" + report.detail() + ")";
        return report.peer() + " " + standing + detail;
    }
}

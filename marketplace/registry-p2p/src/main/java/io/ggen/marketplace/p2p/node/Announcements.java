package io.ggen.marketplace.p2p.node;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.network.Spread;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.SignedRecord;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the network what this node has: the record by gossip and in the DHT, its content and its
 * name as a provider. Telling never keeps anybody waiting; {@link #spread} says how far it came.
 * Thread-safe.
 */
final class Announcements {
    private static final System.Logger LOG = System.getLogger(Announcements.class.getName());
    private static final int REMEMBERED = 1_024;
    private static final int ENOUGH_PROVIDERS = 20;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Gossip gossip;
    private final Kad kad;
    private final Topics topics;
    private final Holdings holdings;
    private final PeerId self;
    private final boolean serves;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Sha256, State> states = new LinkedHashMap<>();

    Announcements(Parts parts, Topics topics, Standing standing) {
        this.gossip = parts.gossip();
        this.kad = parts.kad();
        this.self = parts.host().peerId();
        this.topics = topics;
        this.holdings = parts.holdings();
        this.serves =
                standing == Standing.HOME
                        && parts.context().options().role() == NetworkOptions.Role.COMMUNITY;
    }

    /** How far one record has come. */
    private record State(int storedBy, int told, boolean over) {}

    /**
     * Announces in the DHT whatever is held, region by region: a node that was away tells the
     * others that it is back, and where. One that serves nobody, or will be gone in a moment, names
     * itself nowhere.
     */
    void start() {
        Thread.ofVirtual().name("announce all").start(this::provideAll);
    }

    private void provideAll() {
        Set<Bytes> keys = serves ? held() : Set.of();
        kad.provideOnly(keys);
        kad.provideAll(keys);
    }

    /** Announces no more what is not held any more. */
    void withdrawGone() {
        kad.provideOnly(held());
    }

    private Set<Bytes> held() {
        Set<Bytes> keys = new HashSet<>();
        for (Hold hold : holdings.all()) {
            try {
                keys.add(DhtKeys.content(hold.cid()));
                for (StoredRelease stored : holdings.store().releases(List.of(hold.sha256()))) {
                    keys.add(DhtKeys.name(stored.id()));
                }
            } catch (IOException | MarketplaceException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot announce " + hold.cid(), e);
            }
        }
        return keys;
    }

    /** Says no more of a release that is no longer published from here. */
    void forget(SignedRecord.OfRelease signed) {
        kad.withdraw(key(signed));
        withdrawGone();
        lock.lock();
        try {
            states.remove(signed.recordId());
        } finally {
            lock.unlock();
        }
    }

    /** Announces a release whose content is here; returns at once. */
    void announce(SignedRecord.OfRelease signed) {
        int told = tell(signed);
        note(signed.recordId(), new State(0, told, false));
        Thread.ofVirtual().name("announce").start(() -> store(signed, told));
    }

    /** Tells the peers of the topics; returns how many there are. */
    int tell(SignedRecord signed) {
        Bytes envelope = EnvelopeCodec.encode(signed.envelope());
        for (String topic : topics.of(signed)) {
            gossip.publish(topic, envelope);
        }
        return gossip.peers().size();
    }

    private void store(SignedRecord.OfRelease signed, int told) {
        int storedBy = 0;
        try {
            Bytes envelope = EnvelopeCodec.encode(signed.envelope());
            storedBy = kad.put(key(signed), envelope).holders();
            note(signed.recordId(), new State(storedBy, told, false));
            if (serves) {
                provide(signed);
            }
        } catch (Libp2pException | IllegalArgumentException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a release is not in the DHT", e);
        } finally {
            note(signed.recordId(), new State(storedBy, told, true));
        }
    }

    /** Says in the DHT what this node has, without keeping anybody waiting. */
    void provideSoon(SignedRecord.OfRelease signed) {
        if (serves) {
            Thread.ofVirtual().name("provide").start(() -> provideQuietly(signed));
        }
    }

    private void provideQuietly(SignedRecord.OfRelease signed) {
        try {
            provide(signed);
            provideRecord(signed);
        } catch (Libp2pException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a content is not in the DHT", e);
        }
    }

    /** Whoever holds a content keeps its record in the DHT too, unless a later one is known. */
    private void provideRecord(SignedRecord.OfRelease signed) {
        try {
            kad.put(key(signed), EnvelopeCodec.encode(signed.envelope()));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "a later release is in the DHT", e);
        }
    }

    private void provide(SignedRecord.OfRelease signed) {
        kad.provide(DhtKeys.content(signed.release().content().cid()));
        kad.provide(DhtKeys.name(signed.release().id()));
    }

    private static Bytes key(SignedRecord.OfRelease signed) {
        return DhtKeys.release(signed.signedBy().publisher(), signed.release().id());
    }

    private void note(Sha256 record, State state) {
        lock.lock();
        try {
            states.remove(record);
            states.put(record, state);
            if (states.size() > REMEMBERED) {
                states.remove(states.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<State> state(Sha256 record) {
        lock.lock();
        try {
            return Optional.ofNullable(states.get(record));
        } finally {
            lock.unlock();
        }
    }

    /** Returns how far a release has come; waits for another peer that has all of its content. */
    Spread spread(SignedRecord.OfRelease signed, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            State state = state(signed.recordId()).orElse(new State(0, 0, true));
            int providers = patience.isZero() ? 0 : providers(signed);
            long left = end - System.nanoTime();
            if (left <= 0 || (state.over() && providers > 0)) {
                return new Spread(state.storedBy(), state.told(), providers);
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_AGAIN.toNanos()));
        }
    }

    private int providers(SignedRecord.OfRelease signed) {
        Bytes key = DhtKeys.content(signed.release().content().cid());
        Set<PeerId> others = new HashSet<>();
        kad.providers(key, ENOUGH_PROVIDERS).peers().forEach(peer -> others.add(peer.id()));
        others.remove(self);
        return others.size();
    }
}

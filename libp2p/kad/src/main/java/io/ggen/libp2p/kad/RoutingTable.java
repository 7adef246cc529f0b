package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.Bucket.Seat;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Which peers are known, sorted by how many bits their place shares with ours. A peer is admitted
 * after it has answered; a live peer is never replaced, so that newcomers cannot push out the old
 * ones however many they are.
 *
 * <p>Pure: methods return the peers that are to be asked FIND_NODE; what comes of it is reported to
 * {@link #answered} or {@link #failed}. Not thread-safe.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#kademlia-routing-table">the
 *     routing table</a>
 */
public final class RoutingTable {
    private static final int MAX_PROBES = 256;
    private static final int DEEPEST_REFRESH = 15;

    /**
     * Who is looked for while few are known: those who join at the same time do not hear of each
     * other in their first lookups.
     */
    private static final Duration HASTE = Duration.ofMinutes(1);

    private static final Bytes HASHED_ID = Bytes.fromHex("1220");

    private final PeerId self;
    private final Place place;
    private final RoutingOptions options;
    private final SortedMap<Integer, Bucket> buckets = new TreeMap<>();
    private final Set<PeerId> probes = new LinkedHashSet<>();
    private Instant refreshed = Instant.MIN;

    /** Makes an empty table around {@code self}; its first refresh is due at once. */
    public RoutingTable(PeerId self, RoutingOptions options) {
        this.self = self;
        this.place = Place.of(self);
        this.options = options;
    }

    /**
     * Hears that there is {@code peer}, which speaks the protocol as a server: it is to be asked
     * unless it has a place, where its addresses replace those before, or there is none to be had.
     *
     * @param from the address at the other end of the connection to it
     */
    public List<KadPeer> heardOf(KadPeer peer, Multiaddr from) {
        Optional<NetworkGroup> group = NetworkGroup.of(from);
        Optional<Seat> seat = seat(peer.id());
        if (seat.isPresent()) {
            move(seat.get(), peer, group);
            return List.of();
        }
        boolean asked = wanted(peer, group) && probes.size() < MAX_PROBES && probes.add(peer.id());
        return asked ? List.of(peer) : List.of();
    }

    private void move(Seat seat, KadPeer peer, Optional<NetworkGroup> group) {
        if (!peer.addresses().isEmpty() && isDiverse(peer.id(), group)) {
            seat.move(peer, group);
        }
    }

    /**
     * Hears that {@code peer} has answered FIND_NODE with {@code named} peers. It keeps its place
     * or gets one: a free one, or that of a peer that has failed. Where all are taken it waits, and
     * the peer that was silent for longest is to be asked.
     *
     * <p>Once the table holds a bucket's worth, who names nobody is not admitted.
     *
     * @param from the address at the other end of the connection to it, by which it is counted as
     *     one of its network
     */
    public List<KadPeer> answered(KadPeer peer, Multiaddr from, int named, Instant now) {
        probes.remove(peer.id());
        Optional<NetworkGroup> group = NetworkGroup.of(from);
        Optional<Seat> seat = seat(peer.id());
        if (seat.isPresent()) {
            seat.get().hear(now);
            if (peer.addresses().contains(from) && !seat.get().peer().addresses().contains(from)) {
                move(seat.get(), peer, group);
            }
            return List.of();
        }
        boolean alone = named == 0 && size() >= options.bucketSize();
        return alone || !wanted(peer, group) ? List.of() : admit(new Seat(peer, group, now), now);
    }

    /** Hears a sign of life of {@code peer}, which says nothing of whether it serves. */
    public void heard(PeerId peer, Instant now) {
        seat(peer).ifPresent(seat -> seat.hear(now));
    }

    /** Forgets {@code peer}: it does not serve any more. */
    public void remove(PeerId peer) {
        seat(peer).ifPresent(seat -> bucket(peer).remove(peer));
    }

    private List<KadPeer> admit(Seat seat, Instant now) {
        KadPeer peer = seat.peer();
        Bucket bucket = bucket(peer.id());
        if (bucket.size() < options.bucketSize()) {
            bucket.sit(seat);
            return List.of();
        }
        Optional<Seat> failed = bucket.failed();
        if (failed.isPresent()) {
            bucket.remove(failed.get().peer().id());
            bucket.sit(seat);
            return List.of();
        }
        bucket.await(peer);
        return bucket.isAsking() ? List.of() : askSilent(bucket, now);
    }

    private List<KadPeer> askSilent(Bucket bucket, Instant now) {
        Optional<Seat> silent = bucket.silent(now.minus(options.silence()));
        silent.ifPresent(Seat::ask);
        return silent.map(Seat::peer).stream().toList();
    }

    /**
     * Hears that {@code peer} was asked something and did not answer. It makes room for those who
     * wait, who are to be asked; while nobody waits it is only named to nobody any more, and leaves
     * after a second failure.
     */
    public List<KadPeer> failed(PeerId peer) {
        probes.remove(peer);
        Optional<Seat> seat = seat(peer);
        if (seat.isEmpty()) {
            return List.of();
        }
        Bucket bucket = bucket(peer);
        List<KadPeer> waiting = bucket.callWaiting();
        if (waiting.isEmpty() && seat.get().state() != Seat.State.FAILED) {
            seat.get().fail();
            return List.of();
        }
        bucket.remove(peer);
        waiting.forEach(newcomer -> probes.add(newcomer.id()));
        return waiting;
    }

    /** Hears that {@code peer} did not answer, for which it is not to be blamed. */
    public void spare(PeerId peer) {
        probes.remove(peer);
        seat(peer).ifPresent(Seat::spare);
    }

    private boolean wanted(KadPeer peer, Optional<NetworkGroup> group) {
        return !peer.id().equals(self) && isDiverse(peer.id(), group);
    }

    private boolean isDiverse(PeerId peer, Optional<NetworkGroup> group) {
        return group.isEmpty()
                || others(peer, group, List.of(bucket(peer))) < options.groupPerBucket()
                        && others(peer, group, buckets.values()) < options.groupPerTable();
    }

    private static int others(
            PeerId peer, Optional<NetworkGroup> group, Collection<Bucket> within) {
        int count = 0;
        for (Bucket bucket : within) {
            for (Seat seat : bucket.seats()) {
                if (seat.group().equals(group) && !seat.peer().id().equals(peer)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** Returns whether some peer is at a public address. */
    public boolean hasPublicPeers() {
        return seats().anyMatch(seat -> seat.group().isPresent());
    }

    /**
     * Returns at most {@code count} peers that are to be asked for a sign of life: those that have
     * failed once and those that were silent for long.
     */
    public List<KadPeer> doubtful(int count, Instant now) {
        Instant limit = now.minus(options.silence());
        List<Seat> doubtful =
                seats().filter(seat -> seat.isDoubtful(limit))
                        .sorted((a, b) -> a.heard().compareTo(b.heard()))
                        .limit(count)
                        .toList();
        doubtful.forEach(Seat::ask);
        return doubtful.stream().map(Seat::peer).toList();
    }

    /**
     * Returns the {@code count} peers nearest to {@code target}, nearest first, but none that
     * failed.
     */
    public List<KadPeer> closest(Place target, int count) {
        int prefix = place.commonPrefix(target);
        List<Seat> found = new ArrayList<>();
        gather(buckets.subMap(prefix, prefix + 1).values(), target, found);
        if (found.size() < count) {
            gather(buckets.tailMap(prefix + 1).values(), target, found);
        }
        SortedMap<Integer, Bucket> farther = buckets.headMap(prefix);
        while (found.size() < count && !farther.isEmpty()) {
            int next = farther.lastKey();
            gather(farther.tailMap(next).values(), target, found);
            farther = farther.headMap(next);
        }
        return found.stream().limit(count).map(Seat::peer).toList();
    }

    /**
     * Adds the peers of buckets that are at one distance from {@code target}: all of them are
     * nearer than those of the next call.
     */
    private static void gather(Collection<Bucket> from, Place target, List<Seat> into) {
        int begin = into.size();
        for (Bucket bucket : from) {
            for (Seat seat : bucket.seats()) {
                if (seat.state() != Seat.State.FAILED) {
                    into.add(seat);
                }
            }
        }
        into.subList(begin, into.size())
                .sort((a, b) -> target.compareDistances(a.place(), b.place()));
    }

    /** Returns how many peers have a place. */
    public int size() {
        int size = 0;
        for (Bucket bucket : buckets.values()) {
            size += bucket.size();
        }
        return size;
    }

    /** Returns whether {@code peer} has a place. */
    public boolean contains(PeerId peer) {
        return seat(peer).isPresent();
    }

    /**
     * Returns the peers that share exactly {@code prefix} bits with us, the longest known first.
     */
    public List<KadPeer> bucket(int prefix) {
        return inBucket(prefix).seats().stream().map(Seat::peer).toList();
    }

    /**
     * Returns the keys that are to be looked for now, and counts them as looked for: ourselves, and
     * one in each bucket up to the deepest that holds a peer, at most the first 16. Ourselves more
     * often while there is less than a bucket's worth of peers.
     */
    public List<Bytes> refresh(Instant now, RandomGenerator random) {
        List<Bytes> targets = new ArrayList<>();
        Instant limit = now.minus(options.refresh());
        if (!refreshed.isAfter(size() < options.bucketSize() ? now.minus(HASTE) : limit)) {
            refreshed = now;
            targets.add(self.multihash());
        }
        for (int i = 0; i <= deepest(); i++) {
            if (inBucket(i).refresh(now, limit)) {
                targets.add(keyIn(i, random));
            }
        }
        return targets;
    }

    /** Lets all of these keys be due at once: there are likely to be many new peers. */
    public void renew() {
        refreshed = Instant.MIN;
        buckets.values().forEach(Bucket::renew);
    }

    private int deepest() {
        return buckets.headMap(DEEPEST_REFRESH + 1).entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(-1);
    }

    /** Draws ids until one falls into the bucket, 2^(prefix+1) on average. */
    private Bytes keyIn(int prefix, RandomGenerator random) {
        byte[] digest = new byte[32];
        while (true) {
            random.nextBytes(digest);
            Bytes key = HASHED_ID.concat(Bytes.of(digest));
            if (Place.of(key).commonPrefix(place) == prefix) {
                return key;
            }
        }
    }

    private Optional<Seat> seat(PeerId peer) {
        return peer.equals(self) ? Optional.empty() : bucket(peer).seat(peer);
    }

    private Bucket bucket(PeerId peer) {
        return inBucket(place.commonPrefix(Place.of(peer)));
    }

    private Bucket inBucket(int prefix) {
        return buckets.computeIfAbsent(prefix, absent -> new Bucket());
    }

    /** Returns every peer that has a place, the nearest buckets last. */
    public List<KadPeer> peers() {
        return seats().map(Seat::peer).toList();
    }

    private Stream<Seat> seats() {
        return buckets.values().stream().flatMap(bucket -> bucket.seats().stream());
    }
}

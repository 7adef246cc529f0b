package io.ggen.libp2p.kad;

import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of the routing table once more: one flat list, big numbers, and everything looked up by
 * going through the list. Groups are the first two numbers of an IPv4 address, private if 10.
 */
final class NaiveTable {
    private static final int BUCKET = 20;
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final PeerId self;
    private final List<Entry> entries = new ArrayList<>();
    private final List<KadPeer> waiting = new ArrayList<>();
    private final Map<PeerId, BigInteger> numbers = new HashMap<>();
    private final Map<KadPeer, String> groups = new HashMap<>();

    NaiveTable(PeerId self) {
        this.self = self;
    }

    private static final class Entry {
        private final KadPeer peer;
        private Instant heard;
        private boolean failed;
        private boolean asked;

        Entry(KadPeer peer, Instant heard) {
            this.peer = peer;
            this.heard = heard;
        }
    }

    List<KadPeer> answered(KadPeer peer, int named, Instant now) {
        for (Entry entry : entries) {
            if (entry.peer.id().equals(peer.id())) {
                entry.heard = now;
                entry.failed = false;
                entry.asked = false;
                return List.of();
            }
        }
        if (peer.id().equals(self) || (named == 0 && entries.size() >= BUCKET) || crowded(peer)) {
            return List.of();
        }
        List<Entry> bucket = bucket(peer);
        if (bucket.size() >= BUCKET) {
            List<Entry> failed = bucket.stream().filter(entry -> entry.failed).toList();
            if (failed.isEmpty()) {
                return await(peer, bucket, now);
            }
            entries.remove(failed.getFirst());
        }
        waiting.removeIf(other -> other.id().equals(peer.id()));
        entries.add(new Entry(peer, now));
        return List.of();
    }

    private List<KadPeer> await(KadPeer peer, List<Entry> bucket, Instant now) {
        waiting.removeIf(other -> other.id().equals(peer.id()));
        waiting.add(peer);
        List<KadPeer> here = waitingWith(peer);
        if (here.size() > 4) {
            waiting.remove(here.getFirst());
        }
        if (bucket.stream().anyMatch(entry -> entry.asked)) {
            return List.of();
        }
        List<Entry> silent =
                bucket.stream()
                        .filter(entry -> !entry.failed && entry.heard.plus(SILENCE).isBefore(now))
                        .sorted(Comparator.comparing(entry -> entry.heard))
                        .toList();
        if (silent.isEmpty()) {
            return List.of();
        }
        silent.getFirst().asked = true;
        return List.of(silent.getFirst().peer);
    }

    List<KadPeer> failed(KadPeer peer) {
        for (Entry entry : List.copyOf(entries)) {
            if (entry.peer.id().equals(peer.id())) {
                List<KadPeer> here = waitingWith(peer).reversed();
                if (here.isEmpty() && !entry.failed) {
                    entry.failed = true;
                    entry.asked = false;
                    return List.of();
                }
                waiting.removeAll(here);
                entries.remove(entry);
                return List.copyOf(here);
            }
        }
        return List.of();
    }

    List<KadPeer> closest(PeerId target, int count) {
        return entries.stream()
                .filter(entry -> !entry.failed)
                .map(entry -> entry.peer)
                .sorted(Comparator.comparing(peer -> number(peer.id()).xor(number(target))))
                .limit(count)
                .toList();
    }

    List<KadPeer> bucket(int prefix) {
        return entries.stream()
                .map(entry -> entry.peer)
                .filter(peer -> prefix(peer) == prefix)
                .toList();
    }

    List<KadPeer> live() {
        return entries.stream().filter(entry -> !entry.failed).map(entry -> entry.peer).toList();
    }

    private List<KadPeer> waitingWith(KadPeer peer) {
        return new ArrayList<>(
                waiting.stream().filter(other -> prefix(other) == prefix(peer)).toList());
    }

    private List<Entry> bucket(KadPeer peer) {
        return entries.stream().filter(entry -> prefix(entry.peer) == prefix(peer)).toList();
    }

    private boolean crowded(KadPeer peer) {
        String group = group(peer);
        List<KadPeer> same =
                entries.stream()
                        .map(entry -> entry.peer)
                        .filter(other -> group(other).equals(group))
                        .toList();
        long near = same.stream().filter(other -> prefix(other) == prefix(peer)).count();
        return !group.startsWith("10.") && (near >= 2 || same.size() >= 3);
    }

    private String group(KadPeer peer) {
        return groups.computeIfAbsent(peer, NaiveTable::firstTwo);
    }

    private static String firstTwo(KadPeer peer) {
        String[] parts = peer.addresses().getFirst().toString().split("[/.]", -1);
        return parts[2] + "." + parts[3];
    }

    private int prefix(KadPeer peer) {
        return 256 - number(peer.id()).xor(number(self)).bitLength();
    }

    private BigInteger number(PeerId peer) {
        return numbers.computeIfAbsent(
                peer, id -> new BigInteger(1, Sha256.of(id.multihash()).bytes().toArray()));
    }
}

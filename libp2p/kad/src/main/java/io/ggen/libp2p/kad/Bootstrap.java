package io.ggen.libp2p.kad;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Joining the network: the bootstrap peers of the best priority are asked together, the next ones
 * only when all of them have failed; again after five minutes while few peers are known.
 */
final class Bootstrap {
    /** Fewer peers than this are too few. */
    static final int FEW = 5;

    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final int AT_ONCE = 10;

    private List<BootstrapPeer> peers = List.of();
    private Instant due = Instant.MIN;
    private final Set<PeerId> asked = new HashSet<>();
    private int next;
    private boolean answered;
    private Optional<Instant> lastAnswer = Optional.empty();

    /** Takes other bootstrap peers, to be asked at the next occasion. */
    void use(List<BootstrapPeer> others) {
        peers = others.stream().sorted(Comparator.comparingInt(BootstrapPeer::priority)).toList();
        due = Instant.MIN;
    }

    List<BootstrapPeer> peers() {
        return peers;
    }

    /** Returns whom to ask now, given how many peers are known. */
    List<KadPeer> begin(int known, Instant now) {
        if (known >= FEW || now.isBefore(due)) {
            return List.of();
        }
        due = now.plus(RETRY);
        next = 0;
        answered = false;
        asked.clear();
        return batch();
    }

    private List<KadPeer> batch() {
        if (next >= peers.size()) {
            return List.of();
        }
        int priority = peers.get(next).priority();
        List<KadPeer> batch =
                peers.stream()
                        .skip(next)
                        .takeWhile(candidate -> candidate.priority() == priority)
                        .limit(AT_ONCE)
                        .map(BootstrapPeer::peer)
                        .toList();
        next += batch.size();
        batch.forEach(peer -> asked.add(peer.id()));
        return batch;
    }

    void answered(PeerId peer, Instant now) {
        if (asked.remove(peer)) {
            answered = true;
            lastAnswer = Optional.of(now);
        }
    }

    Optional<Instant> lastAnswer() {
        return lastAnswer;
    }

    /** Hears that {@code peer} cannot be reached; returns whom to ask in its stead. */
    List<KadPeer> failed(PeerId peer) {
        boolean last = asked.remove(peer) && asked.isEmpty();
        return last && !answered ? batch() : List.of();
    }
}

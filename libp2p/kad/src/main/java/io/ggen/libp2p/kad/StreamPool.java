package io.ggen.libp2p.kad;

import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams to other peers that wait for the next request. Thread-safe; does no I/O itself. */
final class StreamPool {
    private static final int MAX_PER_PEER = 2;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Map<PeerId, Deque<Waiting>> waiting = new HashMap<>();

    private record Waiting(Stream stream, Instant since) {}

    /** Takes the stream to {@code peer} that was used last. */
    synchronized Optional<Stream> take(PeerId peer) {
        Deque<Waiting> here = waiting.get(peer);
        return here == null
                ? Optional.empty()
                : Optional.ofNullable(here.pollLast()).map(Waiting::stream);
    }

    /** Lets {@code stream} wait; returns whether there was room, or else it is to be closed. */
    synchronized boolean give(Stream stream, Instant now) {
        Deque<Waiting> here =
                waiting.computeIfAbsent(stream.remotePeer(), peer -> new ArrayDeque<>());
        return here.size() < MAX_PER_PEER && here.add(new Waiting(stream, now));
    }

    /** Takes out the streams that have waited for too long, which are to be closed. */
    synchronized List<Stream> stale(Instant now) {
        List<Stream> stale = new ArrayList<>();
        Instant limit = now.minus(IDLE);
        for (Deque<Waiting> here : waiting.values()) {
            while (!here.isEmpty() && !here.getFirst().since().isAfter(limit)) {
                stale.add(here.removeFirst().stream());
            }
        }
        waiting.values().removeIf(Deque::isEmpty);
        return stale;
    }

    /** Takes out all streams to {@code peer}, which are to be closed. */
    synchronized List<Stream> drop(PeerId peer) {
        Deque<Waiting> here = waiting.remove(peer);
        return here == null ? List.of() : here.stream().map(Waiting::stream).toList();
    }

    /** Takes out all streams, which are to be closed. */
    synchronized List<Stream> drop() {
        List<Stream> all =
                waiting.values().stream().flatMap(Deque::stream).map(Waiting::stream).toList();
        waiting.clear();
        return all;
    }
}

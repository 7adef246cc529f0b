package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.PeerId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The protocols that this host speaks when it is asked. Thread-safe. */
final class Handlers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Service> byProtocol = new ConcurrentSkipListMap<>();

    /** Lets each peer have {@code perPeer} streams of {@code protocol} under way. */
    void add(String protocol, int perPeer, StreamHandler handler) {
        byProtocol.put(protocol, new Service(handler, perPeer));
    }

    void remove(String protocol) {
        byProtocol.remove(protocol);
    }

    boolean speaks(String protocol) {
        return byProtocol.containsKey(protocol);
    }

    List<String> protocols() {
        return List.copyOf(byProtocol.keySet());
    }

    /**
     * Hands {@code stream} to its protocol's handler: closes it after, or resets it when the
     * handler throws.
     */
    void handle(Stream stream) {
        @Nullable Service service = byProtocol.get(stream.protocol());
        if (service == null) {
            stream.reset();
            return;
        }
        service.enter(stream.remotePeer());
        try {
            service.handler.handle(stream);
            stream.close();
        } catch (Libp2pException e) {
            stream.reset();
            throw e;
        } catch (RuntimeException e) {
            stream.reset();
            System.getLogger(Handlers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the handler of " + stream.protocol() + " failed",
                            e);
        } finally {
            service.leave(stream.remotePeer());
        }
    }

    /**
     * A handler and how many streams of each peer it has. One stream more waits a while, as the end
     * of another may be on its way; as many as may be served wait at most.
     */
    private static final class Service {
        private final StreamHandler handler;
        private final int perPeer;
        private final Map<PeerId, Integer> served = new HashMap<>();
        private final Map<PeerId, Integer> waiting = new HashMap<>();

        Service(StreamHandler handler, int perPeer) {
            this.handler = handler;
            this.perPeer = perPeer;
        }

        synchronized void enter(PeerId peer) {
            if (isFull(peer)) {
                await(peer);
            }
            served.merge(peer, 1, Integer::sum);
        }

        private boolean isFull(PeerId peer) {
            return served.getOrDefault(peer, 0) >= perPeer;
        }

        private void await(PeerId peer) {
            if (waiting.getOrDefault(peer, 0) >= perPeer) {
                throw tooMany(peer);
            }
            waiting.merge(peer, 1, Integer::sum);
            long end = System.nanoTime() + PATIENCE.toNanos();
            try {
                while (isFull(peer)) {
                    long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                    if (left <= 0) {
                        throw tooMany(peer);
                    }
                    wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw tooMany(peer);
            } finally {
                less(waiting, peer);
            }
        }

        synchronized void leave(PeerId peer) {
            less(served, peer);
            notifyAll();
        }

        private static void less(Map<PeerId, Integer> counts, PeerId peer) {
            counts.computeIfPresent(peer, (key, n) -> n == 1 ? null : n - 1);
        }

        private Libp2pException tooMany(PeerId peer) {
            return new Libp2pException(
                    Code.LIMIT_EXCEEDED,
                    peer + " has its " + perPeer + " streams of this protocol");
        }
    }
}

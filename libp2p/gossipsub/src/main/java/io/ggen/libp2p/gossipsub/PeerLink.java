package io.ggen.libp2p.gossipsub;

import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The two streams to a peer: one that this side writes to, one that the peer does. Thread-safe.
 * New, then ready when the own stream is open, then closed.
 */
final class PeerLink implements AutoCloseable {
    private final PeerId peer;
    private final BlockingQueue<Rpc> queue;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final AtomicReference<Optional<Stream>> outgoing =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Stream>> incoming =
            new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Thread>> writer =
            new AtomicReference<>(Optional.empty());
    private volatile boolean closed;

    PeerLink(PeerId peer, int queue) {
        this.peer = peer;
        this.queue = new ArrayBlockingQueue<>(queue);
    }

    PeerId peer() {
        return peer;
    }

    /** Queues {@code rpc}; one that finds the queue full is dropped. Never blocks. */
    boolean offer(Rpc rpc) {
        return queue.offer(rpc);
    }

    /** The peer's newest stream counts, as in other implementations. */
    void incoming(Stream stream) {
        incoming.getAndSet(Optional.of(stream)).ifPresent(Stream::reset);
        if (closed) {
            stream.reset();
        }
    }

    /** Says that the own stream is open and the router knows of the peer. */
    void ready() {
        ready.countDown();
    }

    /** Returns whether the link was ready within {@code limit}. */
    boolean awaitReady(Duration limit) throws InterruptedException {
        return ready.await(limit.toMillis(), TimeUnit.MILLISECONDS) && !closed;
    }

    /** Writes what is queued until the link is closed; throws when the peer goes away. */
    void write(Stream stream) throws InterruptedException {
        writer.set(Optional.of(Thread.currentThread()));
        outgoing.set(Optional.of(stream));
        while (!closed) {
            Frames.write(stream, RpcCodec.encode(queue.take()));
        }
    }

    @Override
    public void close() {
        closed = true;
        ready.countDown();
        outgoing.get().ifPresent(Stream::reset);
        incoming.get().ifPresent(Stream::reset);
        writer.get()
                .filter(thread -> !thread.equals(Thread.currentThread()))
                .ifPresent(Thread::interrupt);
    }
}

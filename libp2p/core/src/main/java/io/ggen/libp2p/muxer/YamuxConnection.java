package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A Yamux connection: one reader, a shared output, streams by id.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/yamux/README.md">Yamux</a>
 */
final class YamuxConnection implements MuxedConnection {
    private static final Duration GOODBYE = Duration.ofMillis(200);

    private final SecureChannel channel;
    private final YamuxOptions options;
    private final YamuxOutput output;
    private final Map<Integer, YamuxStream> streams = new ConcurrentHashMap<>();
    private final BlockingQueue<Optional<YamuxStream>> incoming;
    private final YamuxMuxer.Pools pools;
    private final MemoryBudget memory;
    private final AtomicInteger nextId;
    private final Semaphore unanswered;
    private final AtomicReference<@Nullable Libp2pException> ended = new AtomicReference<>();
    private final YamuxPings pings;
    private final int remoteParity;

    private YamuxConnection(SecureChannel channel, Role role, YamuxMuxer.Means means) {
        this.channel = channel;
        this.options = means.options();
        this.pools = means.pools();
        this.memory = means.memory();
        this.output = new YamuxOutput(channel, pools.output());
        this.incoming = new ArrayBlockingQueue<>(options.backlog() + 1);
        this.unanswered = new Semaphore(options.backlog());
        this.nextId = new AtomicInteger(role == Role.INITIATOR ? 1 : 2);
        this.remoteParity = role == Role.INITIATOR ? 0 : 1;
        this.pings = new YamuxPings(output, options.keepAlive());
    }

    static YamuxConnection start(SecureChannel channel, Role role, YamuxMuxer.Means means) {
        var connection = new YamuxConnection(channel, role, means);
        Thread.ofVirtual().name("yamux-reader").start(connection::readUntilEnd);
        Thread.ofVirtual().name("yamux-pings").start(connection::keepAlive);
        return connection;
    }

    private void keepAlive() {
        pings.run(this::tidy, this::fail);
    }

    /**
     * Resets the streams that the other side has not ended long after this side was done, and lets
     * the others give back what they have no use for.
     */
    private void tidy() {
        streams.values().forEach(YamuxStream::tidy);
        long before = now() - options.keepAlive().toNanos();
        streams.values().stream()
                .filter(stream -> stream.wasClosedBefore(before))
                .forEach(YamuxStream::reset);
    }

    YamuxOptions options() {
        return options;
    }

    YamuxOutput output() {
        return output;
    }

    long now() {
        return System.nanoTime();
    }

    long roundTrip() {
        return pings.roundTrip();
    }

    MemoryBudget memory() {
        return memory;
    }

    /**
     * Returns by how much of {@code wanted} bytes a window of this connection may grow; that much
     * is reserved then.
     */
    long grow(long wanted) {
        long grown = 0;
        for (YamuxStream stream : streams.values()) {
            grown += stream.grown();
        }
        long allowed = Math.min(wanted, options.maxBuffered() - grown);
        return allowed > 0 && memory.reserveSpare(allowed) ? allowed : 0;
    }

    @Override
    public MuxedStream open() {
        requireOpen();
        if (streams.size() >= options.maxStreams()) {
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED, "the connection has " + streams.size() + " streams");
        }
        awaitAnswers();
        int id = nextId.getAndAdd(2);
        if (id < 0) {
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED, "the connection has used up its stream ids");
        }
        var stream = new YamuxStream(this, id, YamuxFrame.SYN);
        streams.put(id, stream);
        failIfEnded(stream);
        return stream;
    }

    /** Waits while the other side has yet to answer as many streams as it may leave open. */
    private void awaitAnswers() {
        try {
            if (!unanswered.tryAcquire(options.keepAlive().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Libp2pException(
                        Code.LIMIT_EXCEEDED,
                        "the other side has " + options.backlog() + " streams yet to answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, "interrupted while opening a stream", e);
        }
        if (isClosed()) {
            unanswered.release();
            requireOpen();
        }
    }

    @Override
    public MuxedStream accept() {
        try {
            Optional<YamuxStream> stream = incoming.take();
            if (stream.isEmpty()) {
                incoming.add(stream); // the next one who waits hears it too
                requireOpen();
            }
            return stream.orElseThrow(() -> YamuxOutput.closed("closed"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, "interrupted while waiting for a stream", e);
        }
    }

    @Override
    public int streams() {
        return streams.size();
    }

    @Override
    public boolean isClosed() {
        return ended.get() != null;
    }

    @Override
    public void close() {
        end(YamuxOutput.closed("closed on this side"), YamuxFrame.NORMAL);
    }

    void fail(Libp2pException reason) {
        end(
                reason,
                reason instanceof YamuxViolation
                        ? YamuxFrame.PROTOCOL_ERROR
                        : YamuxFrame.INTERNAL_ERROR);
    }

    private void end(Libp2pException reason, int goAway) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        pings.stop();
        streams.values().forEach(stream -> stream.onConnectionEnd(reason));
        streams.clear();
        unanswered.release(options.backlog());
        incoming.clear();
        incoming.add(Optional.empty());
        Thread.ofVirtual().name("yamux-goodbye").start(() -> sayGoodbye(goAway));
    }

    /**
     * Writes the last frame on a thread of its own: a peer that takes nothing must not hold up who
     * closes.
     */
    private void sayGoodbye(int code) {
        try (Deadline deadline = Deadline.start(GOODBYE, channel::close)) {
            output.frame(new YamuxFrame(YamuxFrame.GO_AWAY, 0, 0, code));
        } catch (Libp2pException e) {
            System.getLogger(YamuxConnection.class.getName())
                    .log(System.Logger.Level.TRACE, "the other side went away first", e);
        } finally {
            channel.close();
        }
    }

    private void requireOpen() {
        Libp2pException reason = ended.get();
        if (reason != null) {
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, String.valueOf(reason.getMessage()), reason);
        }
    }

    private void failIfEnded(YamuxStream stream) {
        Libp2pException reason = ended.get();
        if (reason != null) {
            stream.onConnectionEnd(reason);
            streams.remove(stream.id());
        }
    }

    void forget(YamuxStream stream) {
        if (streams.remove(stream.id(), stream) && stream.isUnacknowledged()) {
            unanswered.release();
        }
    }

    void sendReset(int id) {
        if (!isClosed()) {
            try {
                output.control(new YamuxFrame(YamuxFrame.WINDOW_UPDATE, YamuxFrame.RST, id, 0));
            } catch (YamuxViolation e) {
                fail(e);
            }
        }
    }

    private void readUntilEnd() {
        try {
            new YamuxReader(channel, this, pools).run();
            fail(YamuxOutput.closed("the other side closed it"));
        } catch (Libp2pException e) {
            fail(e);
        }
    }

    /**
     * Returns the live stream that a frame is for, opened by it where it carries SYN; empty when
     * the frame is to be dropped.
     */
    Optional<YamuxStream> streamOf(YamuxFrame frame) {
        if (frame.stream() == 0) {
            throw new YamuxViolation("a stream's frame on stream 0");
        }
        YamuxStream stream = streams.get(frame.stream());
        if (frame.has(YamuxFrame.SYN)) {
            if (stream != null) {
                throw new YamuxViolation("stream " + frame.stream() + " is opened twice");
            }
            return admit(frame.stream());
        }
        if (stream != null && frame.has(YamuxFrame.ACK) && stream.onAcknowledged()) {
            unanswered.release();
        }
        return Optional.ofNullable(stream);
    }

    private Optional<YamuxStream> admit(int id) {
        if (id < 0 || (id & 1) != remoteParity) {
            throw new YamuxViolation(
                    "stream " + Integer.toUnsignedString(id) + " is not the other side's to open");
        }
        if (streams.size() >= options.maxStreams()
                || incoming.size() >= options.backlog()
                || isClosed()) {
            sendReset(id);
            return Optional.empty();
        }
        var stream = new YamuxStream(this, id, YamuxFrame.ACK);
        streams.put(id, stream);
        incoming.add(Optional.of(stream));
        failIfEnded(stream);
        return Optional.of(stream);
    }

    void onPing(YamuxFrame frame) {
        pings.on(frame);
    }
}

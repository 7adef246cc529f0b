package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.security.SecureChannel;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads frames and hands them to their streams. Records are decrypted into pages, of which streams
 * keep the payloads. While nothing comes the reader holds none. Confined to the connection's reader
 * thread.
 */
final class YamuxReader {
    private final SecureChannel channel;
    private final YamuxConnection connection;
    private final BufferPool small;
    private final BufferPool large;
    private final ByteBuffer header = ByteBuffer.allocate(YamuxFrame.HEADER);
    private Optional<Payload> payload = Optional.empty();
    private @Nullable Page current;
    private @Nullable YamuxStream unheard;

    /** A data frame under way. */
    private static final class Payload {
        private final YamuxFrame frame;
        private final Optional<YamuxStream> stream;
        private long left;

        Payload(YamuxFrame frame, Optional<YamuxStream> stream) {
            this.frame = frame;
            this.stream = stream;
            this.left = Integer.toUnsignedLong(frame.length());
        }
    }

    YamuxReader(SecureChannel channel, YamuxConnection connection, YamuxMuxer.Pools pools) {
        this.channel = channel;
        this.connection = connection;
        this.small = pools.small();
        this.large = pools.large();
    }

    /**
     * Reads until the other side ends the channel or says that it goes away; throws on every
     * violation.
     */
    void run() {
        while (true) {
            rest();
            int room = channel.awaitRecord();
            if (room < 0 || !takeRecord(page(room), room)) {
                end();
                return;
            }
        }
    }

    /** Reads a record into what is left of {@code page}; returns false at the end. */
    private boolean takeRecord(Page page, int room) {
        ByteBuffer in = page.buffer();
        int start = in.position();
        if (channel.readRecord(in, room) < 0) {
            return false;
        }
        take(in.slice(start, in.position() - start), page);
        return true;
    }

    private void end() {
        if (payload.isPresent() || header.position() > 0) {
            throw YamuxOutput.closed("the other side ended within a frame");
        }
    }

    /**
     * Before nothing comes, lets go of the page and wakes who waits for what has come; lets go of a
     * page that no stream holds a part of in any case.
     */
    private void rest() {
        boolean idle = !channel.hasRecord();
        if (idle) {
            wake(null);
        }
        Page page = current;
        if (page != null && (idle || page.isUnshared())) {
            page.release();
            current = null;
        }
    }

    /** Wakes the stream that data has come for, unless more comes for it: that is {@code next}. */
    private void wake(@Nullable YamuxStream next) {
        YamuxStream stream = unheard;
        if (stream != null && stream != next) {
            stream.wake();
        }
        unheard = next;
    }

    private Page page(int room) {
        Page page = current;
        if (page != null && page.buffer().remaining() >= room) {
            return page;
        }
        if (page != null) {
            page.release();
        }
        Page next = Page.lend(room <= small.size() ? small : large);
        current = next;
        return next;
    }

    private void take(ByteBuffer in, Page page) {
        while (in.hasRemaining()) {
            if (payload.isPresent()) {
                take(payload.get(), in, page);
            } else {
                takeHeader(in);
            }
        }
    }

    private void take(Payload under, ByteBuffer in, Page page) {
        int count = (int) Math.min(under.left, in.remaining());
        ByteBuffer piece = in.slice(in.position(), count);
        in.position(in.position() + count);
        under.left -= count;
        if (under.stream.isPresent()) {
            under.stream.get().onData(piece, page);
            wake(under.stream.get());
        }
        if (under.left == 0) {
            payload = Optional.empty();
            finish(under.frame, under.stream);
        }
    }

    private void takeHeader(ByteBuffer in) {
        while (in.hasRemaining() && header.hasRemaining()) {
            header.put(in.get());
        }
        if (!header.hasRemaining()) {
            YamuxFrame frame = YamuxFrame.read(header.flip());
            header.clear();
            on(frame);
        }
    }

    private void on(YamuxFrame frame) {
        switch (frame.type()) {
            case YamuxFrame.DATA -> data(frame);
            case YamuxFrame.WINDOW_UPDATE -> windowUpdate(frame);
            case YamuxFrame.PING -> connection.onPing(frame);
            default ->
                    throw new Libp2pException(
                            Code.CONNECTION_CLOSED,
                            "the other side goes away with code 0x"
                                    + Integer.toHexString(frame.length()));
        }
    }

    private void data(YamuxFrame frame) {
        var next = new Payload(frame, connection.streamOf(frame));
        if (next.stream.isPresent() && next.left > connection.options().maxWindow()) {
            throw new YamuxViolation("a data frame of " + next.left + " bytes");
        }
        if (next.left == 0) {
            finish(frame, next.stream);
        } else {
            payload = Optional.of(next);
        }
    }

    private void windowUpdate(YamuxFrame frame) {
        Optional<YamuxStream> stream = connection.streamOf(frame);
        if (stream.isPresent() && !frame.has(YamuxFrame.RST)) {
            stream.get().onWindow(frame.length());
        }
        finish(frame, stream);
    }

    private void finish(YamuxFrame frame, Optional<YamuxStream> stream) {
        if (stream.isEmpty()) {
            return;
        }
        if (frame.has(YamuxFrame.RST)) {
            stream.get()
                    .fail(
                            new Libp2pException(
                                    Code.STREAM_RESET, "the other side reset the stream"));
            connection.forget(stream.get());
        } else if (frame.has(YamuxFrame.FIN)) {
            stream.get().onEnd();
        }
    }
}

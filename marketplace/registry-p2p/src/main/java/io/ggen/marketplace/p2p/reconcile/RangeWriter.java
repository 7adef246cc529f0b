package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;

/** Writes the ranges of one message. Ranges can be taken back. Not thread-safe. */
final class RangeWriter {
    private final RangeBuffer out = new RangeBuffer();
    private long lastTime;

    RangeWriter() {
        out.octet(RangeReader.VERSION);
    }

    /** A state to go back to. */
    record Mark(int size, long lastTime) {}

    Mark mark() {
        return new Mark(out.size(), lastTime);
    }

    void reset(Mark mark) {
        out.cutTo(mark.size());
        lastTime = mark.lastTime();
    }

    int size() {
        return out.size();
    }

    void skip(Bound upper) {
        bound(upper);
        out.varint(RangeReader.SKIP);
    }

    void print(Bound upper, Bytes fingerprint) {
        bound(upper);
        out.varint(RangeReader.PRINT);
        out.bytes(fingerprint);
    }

    /** Writes the head of a list; exactly {@code count} calls of {@link #id} follow. */
    void ids(Bound upper, int count) {
        bound(upper);
        out.varint(RangeReader.IDS);
        out.varint(count);
    }

    void id(Bytes id) {
        out.bytes(id);
    }

    private void bound(Bound bound) {
        if (bound.isEnd()) {
            out.varint(0);
        } else {
            out.varint(1 + bound.time() - lastTime);
            lastTime = bound.time();
        }
        out.varint(bound.prefix().length());
        out.bytes(bound.prefix());
    }

    Bytes toBytes() {
        return out.toBytes();
    }
}

package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.protobuf.MalformedMessageException;

import java.util.ArrayList;
import java.util.List;

/**
 * Walks over the ranges of a message. Refuses another version, numbers over 63 bits, bounds that do
 * not ascend, anything after the last bound, lists longer than the message, and more than {@value
 * #MAX_RANGES} ranges. Not thread-safe.
 */
final class RangeReader {
    /** The first byte of a message. */
    static final int VERSION = 0x61;

    /** The most ranges in a message; with bounds and fingerprints as many take over 1 MiB. */
    static final int MAX_RANGES = 65_536;

    static final int SKIP = 0;
    static final int PRINT = 1;
    static final int IDS = 2;
    private static final int MAX_GROUPS = 10;

    private final Bytes message;
    private int at;
    private int ranges;
    private Bound last = Bound.START;

    RangeReader(Bytes message) {
        this.message = message;
        if (octet() != VERSION) {
            throw new MalformedMessageException("not a message of negentropy, version 1");
        }
    }

    boolean hasNext() {
        return at < message.length();
    }

    Range next() {
        if (++ranges > MAX_RANGES) {
            throw new MalformedMessageException("more than " + MAX_RANGES + " ranges");
        }
        Bound upper = bound();
        long mode = varint();
        if (mode == SKIP) {
            return new Range.Skip(upper);
        }
        if (mode == PRINT) {
            return new Range.Print(upper, bytes(Sum.FINGERPRINT));
        }
        if (mode == IDS) {
            return new Range.Ids(upper, ids());
        }
        throw new MalformedMessageException("a range of the unknown mode " + mode);
    }

    private Bound bound() {
        if (last.isEnd()) {
            throw new MalformedMessageException("a range follows the last one");
        }
        long encoded = varint();
        long length = varint();
        if (length > Sha256.LENGTH) {
            throw new MalformedMessageException("a bound with " + length + " bytes of an id");
        }
        Bytes prefix = bytes((int) length);
        Bound upper = encoded == 0 ? Bound.END : new Bound(later(encoded - 1), prefix);
        if (upper.compareTo(last) < 0) {
            throw new MalformedMessageException("bounds do not ascend");
        }
        last = upper;
        return upper;
    }

    private long later(long difference) {
        long time = last.time() + difference;
        if (time < 0 || time > Item.MAX_TIME) {
            throw new MalformedMessageException("a time beyond 2^63");
        }
        return time;
    }

    private List<Bytes> ids() {
        long count = varint();
        if (count > (message.length() - at) / Sha256.LENGTH) {
            throw new MalformedMessageException("a list of ids reaches past the message");
        }
        List<Bytes> ids = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            ids.add(bytes(Sha256.LENGTH));
        }
        return ids;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MAX_GROUPS; i++) {
            int group = octet();
            if (value > Long.MAX_VALUE >>> 7) {
                throw new MalformedMessageException("a number over 63 bits");
            }
            value = value << 7 | group & 0x7f;
            if (group < 0x80) {
                return value;
            }
        }
        throw new MalformedMessageException("a number is longer than 10 bytes");
    }

    private Bytes bytes(int length) {
        if (message.length() - at < length) {
            throw new MalformedMessageException("a message is cut off");
        }
        at += length;
        return message.slice(at - length, at);
    }

    private int octet() {
        if (at == message.length()) {
            throw new MalformedMessageException("a message is cut off");
        }
        return message.get(at++) & 0xff;
    }
}

package io.ggen.libp2p.protobuf;

import io.ggen.base.Bytes;

/**
 * Walks over the fields of one message. Use: {@code while (reader.next()) switch (reader.field())
 * …}, where a field that is not asked for is skipped. Nothing is copied before its length was
 * checked against what is there; groups are refused. Not thread-safe.
 */
public final class ProtoReader {
    private static final int MAX_VARINT = 10;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final Bytes message;
    private int at;
    private int keyStart;
    private int field;
    private int wireType;
    private long number;
    private int start;
    private int end;

    /** Reads {@code message}, which holds exactly one message without its length. */
    public ProtoReader(Bytes message) {
        this.message = message;
    }

    /**
     * Goes to the next field; returns false at the end of the message. Throws
     * MalformedMessageException.
     */
    public boolean next() {
        if (at == message.length()) {
            return false;
        }
        keyStart = at;
        long key = varint();
        if (key >>> 3 == 0 || key >>> 3 > 0x1fffffff) {
            throw new MalformedMessageException("field number " + (key >>> 3) + " does not exist");
        }
        field = (int) (key >>> 3);
        wireType = (int) (key & 7);
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed(8);
            case FIXED32 -> number = fixed(4);
            case LENGTH_DELIMITED -> delimited();
            default ->
                    throw new MalformedMessageException(
                            "field " + field + " has wire type " + wireType);
        }
        return true;
    }

    /** Returns the number of the current field. */
    public int field() {
        return field;
    }

    /** Returns the current field as an unsigned 64-bit number. */
    public long uint64() {
        if (wireType == LENGTH_DELIMITED) {
            throw new MalformedMessageException("field " + field + " is not a number");
        }
        return number;
    }

    /** Returns the current field as a number that fits 0..2^31-1, larger ones cut to 2^31-1. */
    public int saturatedInt() {
        long value = uint64();
        return value < 0 || value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
    }

    /** Returns the current field as a truth value. */
    public boolean bool() {
        return uint64() != 0;
    }

    /** Returns the bytes of the current field, at most {@code most} of them. */
    public Bytes bytes(int most) {
        if (wireType != LENGTH_DELIMITED) {
            throw new MalformedMessageException("field " + field + " is not bytes");
        }
        if (end - start > most) {
            throw new MalformedMessageException(
                    "field "
                            + field
                            + " has "
                            + (end - start)
                            + " bytes, at most "
                            + most
                            + " are taken");
        }
        return message.slice(start, end);
    }

    /** Returns the text of the current field, at most {@code most} bytes of UTF-8. */
    public String text(int most) {
        return bytes(most).utf8();
    }

    /** Returns the current field as it came, its number and length included. */
    public Bytes raw() {
        return message.slice(keyStart, at);
    }

    private void delimited() {
        long length = varint();
        if (length < 0 || length > message.length() - at) {
            throw new MalformedMessageException(
                    "field " + field + " reaches past the end of the message");
        }
        start = at;
        end = at + (int) length;
        at = end;
    }

    private long fixed(int size) {
        if (message.length() - at < size) {
            throw new MalformedMessageException("field " + field + " is cut off");
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (message.get(at++) & 0xffL) << (8 * i);
        }
        return value;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (at == message.length()) {
                throw new MalformedMessageException(
                        "a number is cut off at the end of the message");
            }
            byte group = message.get(at++);
            value |= (group & 0x7fL) << (7 * i);
            if (group >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("a number is longer than 10 bytes");
    }
}

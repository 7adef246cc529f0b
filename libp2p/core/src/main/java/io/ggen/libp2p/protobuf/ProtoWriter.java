package io.ggen.libp2p.protobuf;

import io.ggen.base.Bytes;

import java.io.ByteArrayOutputStream;

/** Builds one message, field by field in the order of the calls. Not thread-safe. */
public final class ProtoWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds an unsigned number. */
    public ProtoWriter uint64(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    /** Adds a truth value. */
    public ProtoWriter bool(int field, boolean value) {
        return uint64(field, value ? 1 : 0);
    }

    /** Adds bytes or an embedded message. */
    public ProtoWriter bytes(int field, Bytes value) {
        varint((long) field << 3 | 2);
        varint(value.length());
        out.writeBytes(value.toArray());
        return this;
    }

    /** Adds a text. */
    public ProtoWriter text(int field, String value) {
        return bytes(field, Bytes.utf8(value));
    }

    /** Returns the message as it stands. */
    public Bytes toBytes() {
        return Bytes.wrap(out.toByteArray());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

package io.ggen.multiformats;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.base.Varint;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;

/**
 * A content identifier: version, codec of the content, and its multihash. Immutable.
 *
 * @param version 0 or 1; version 0 is dag-pb hashed with SHA-256
 * @param codec the multicodec code of the content, such as {@link #RAW}
 * @param hash the hash of the block
 * @see <a href="https://github.com/multiformats/cid">cid</a>
 */
public record Cid(int version, long codec, Multihash hash) {
    /** The codec of plain bytes. */
    public static final long RAW = 0x55;

    /** The codec of MerkleDAG protobuf nodes. */
    public static final long DAG_PB = 0x70;

    /** The longest binary form that is read, in bytes. */
    public static final int MAX_LENGTH = 168;

    private static final int V0_LENGTH = 34;

    /** Checks the version and what version 0 demands. */
    public Cid {
        boolean wellFormed0 = version == 0 && codec == DAG_PB && hash.code() == Multihash.SHA2_256;
        if (!wellFormed0 && (version != 1 || codec < 0)) {
            throw new IllegalArgumentException(
                    "no CID has version " + version + " and codec " + codec);
        }
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cid it
                && version == it.version
                && codec == it.codec
                && hash.equals(it.hash);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(codec) + version) * 31 + hash.hashCode();
    }

    /** Returns the CIDv1 of content in {@code codec} with that SHA-256 digest. */
    public static Cid v1(long codec, Sha256 digest) {
        return new Cid(1, codec, Multihash.of(digest));
    }

    /**
     * Reads the text form: base58 {@code Qm…} for version 0, any multibase for version 1.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Cid parse(String text) {
        if (text.length() == 46 && text.startsWith("Qm")) {
            return decode(Multibase.BASE58BTC.decodeBare(text));
        }
        Bytes bytes = Multibase.decode(text);
        if (bytes.length() > 0 && bytes.get(0) == 0x12) {
            throw new IllegalArgumentException("version 0 has no multibase prefix: " + text);
        }
        return decode(bytes);
    }

    /**
     * Reads a binary CID that fills {@code bytes} exactly; throws IllegalArgumentException
     * otherwise.
     */
    public static Cid decode(Bytes bytes) {
        if (bytes.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a CID of " + bytes.length() + " bytes is too long");
        }
        if (bytes.length() == V0_LENGTH && bytes.get(0) == 0x12 && bytes.get(1) == 0x20) {
            return new Cid(0, DAG_PB, Multihash.decode(bytes));
        }
        Varint.Decoded version = Varint.read(bytes, 0);
        if (version.value() != 1) {
            throw new IllegalArgumentException("unknown CID version " + version.value());
        }
        Varint.Decoded codec = Varint.read(bytes, version.end());
        return new Cid(
                1, codec.value(), Multihash.decode(bytes.slice(codec.end(), bytes.length())));
    }

    /** Returns the binary form. */
    public Bytes encode() {
        if (version == 0) {
            return hash.encode();
        }
        var out = new ByteArrayOutputStream(40);
        Varint.write(version, out);
        Varint.write(codec, out);
        out.writeBytes(hash.encode().toArray());
        return Bytes.wrap(out.toByteArray());
    }

    /** Returns the text form: base58 for version 0, base32 for version 1. */
    @Override
    public String toString() {
        return version == 0
                ? Multibase.BASE58BTC.encodeBare(encode())
                : Multibase.BASE32.encode(encode());
    }
}

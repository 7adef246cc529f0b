package io.ggen.multiformats;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.base.Varint;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;

/**
 * A digest that names its hash function: code, length, digest. Identity digests have at most 128
 * bytes, all others 20 to 128. Immutable.
 *
 * @param code the multicodec code of the hash function, such as {@link #SHA2_256}
 * @param digest the digest's bytes
 * @see <a href="https://github.com/multiformats/multihash">multihash</a>
 */
public record Multihash(long code, Bytes digest) {
    /** The code of the identity "hash": the digest is the content. */
    public static final long IDENTITY = 0x00;

    /** The code of SHA-256. */
    public static final long SHA2_256 = 0x12;

    /** The code of SHA-512. */
    public static final long SHA2_512 = 0x13;

    /** The code of BLAKE3. */
    public static final long BLAKE3 = 0x1e;

    /** The code of BLAKE2b with 256 bits. */
    public static final long BLAKE2B_256 = 0xb220;

    /** The most bytes that an identity digest carries, and any other has. */
    public static final int MAX_DIGEST = 128;

    private static final int MIN_DIGEST = 20;

    /** Checks the length of the digest. */
    public Multihash {
        int least = code == IDENTITY ? 0 : code == SHA2_256 ? Sha256.LENGTH : MIN_DIGEST;
        int most = code == SHA2_256 ? Sha256.LENGTH : MAX_DIGEST;
        if (code < 0 || digest.length() < least || digest.length() > most) {
            throw new IllegalArgumentException(
                    "a digest of "
                            + digest.length()
                            + " bytes does not fit hash 0x"
                            + Long.toHexString(code));
        }
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Multihash it && code == it.code && digest.equals(it.digest);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(code) * 31 + digest.hashCode();
    }

    /** Wraps a SHA-256 digest. */
    public static Multihash of(Sha256 digest) {
        return new Multihash(SHA2_256, digest.bytes());
    }

    /**
     * Reads a multihash that fills {@code bytes} exactly; throws IllegalArgumentException
     * otherwise.
     */
    public static Multihash decode(Bytes bytes) {
        Varint.Decoded code = Varint.read(bytes, 0);
        Varint.Decoded length = Varint.read(bytes, code.end());
        if (length.value() != bytes.length() - length.end()) {
            throw new IllegalArgumentException(
                    "multihash declares "
                            + length.value()
                            + " bytes of digest but has "
                            + (bytes.length() - length.end()));
        }
        return new Multihash(code.value(), bytes.slice(length.end(), bytes.length()));
    }

    /** Returns code, length and digest. */
    public Bytes encode() {
        var out = new ByteArrayOutputStream(digest.length() + 4);
        Varint.write(code, out);
        Varint.write(digest.length(), out);
        out.writeBytes(digest.toArray());
        return Bytes.wrap(out.toByteArray());
    }
}

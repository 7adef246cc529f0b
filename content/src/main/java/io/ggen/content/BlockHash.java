package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * The hash functions that may name a block: SHA-256, SHA-512 and identity, each with its whole
 * digest. Stateless.
 */
public final class BlockHash {
    private BlockHash() {}

    /** Returns whether blocks of that name can be verified here. */
    public static boolean isKnown(Cid cid) {
        Multihash hash = cid.hash();
        return hash.code() == Multihash.IDENTITY || hash.digest().length() == length(hash.code());
    }

    /**
     * Returns the multihash of {@code block} by the function {@code code} with a digest of {@code
     * length} bytes; empty when there is none such, or none that is taken.
     */
    public static Optional<Multihash> of(long code, long length, Bytes block) {
        if (code == Multihash.IDENTITY) {
            return length == block.length() && length <= Multihash.MAX_DIGEST
                    ? Optional.of(new Multihash(code, block))
                    : Optional.empty();
        }
        return length == length(code)
                ? Optional.of(new Multihash(code, digest(code, block)))
                : Optional.empty();
    }

    /** Returns whether {@code block} is the one that {@code cid} names. */
    public static boolean matches(Cid cid, Bytes block) {
        Multihash named = cid.hash();
        return of(named.code(), named.digest().length(), block).filter(named::equals).isPresent();
    }

    private static int length(long code) {
        return code == Multihash.SHA2_256
                ? Sha256.LENGTH
                : code == Multihash.SHA2_512 ? 2 * Sha256.LENGTH : -1;
    }

    private static Bytes digest(long code, Bytes block) {
        if (code == Multihash.SHA2_256) {
            return Sha256.of(block).bytes();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            block.updateInto(digest);
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}

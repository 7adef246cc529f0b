package io.ggen.base;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;

/**
 * SHA-256 by whoever is faster for the process: what is short is held back and hashed by the JDK at
 * the end, what is long goes to {@link CryptoProvider#forHashing} as it comes. Not thread-safe.
 *
 * <p>Without its optimising compiler, as commands run, the JDK hashes some 50 MB/s and Conscrypt
 * 1,000, but Conscrypt takes 25 ms to load.
 */
final class AdaptiveSha256 extends MessageDigest {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private @Nullable MessageDigest fast;

    AdaptiveSha256() {
        super("SHA-256");
    }

    @Override
    protected int engineGetDigestLength() {
        return Sha256.LENGTH;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        if (fast == null) {
            CryptoProvider provider = CryptoProvider.forHashing(length);
            if (provider.isFirst()) {
                held.write(input, offset, length);
                return;
            }
            fast = provider.sha256();
            fast.update(held.toByteArray());
            held.reset();
        }
        fast.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
        if (fast != null) {
            return fast.digest();
        }
        byte[] digest = CryptoProvider.jdk().sha256().digest(held.toByteArray());
        held.reset();
        return digest;
    }

    @Override
    protected void engineReset() {
        held.reset();
        if (fast != null) {
            fast.reset();
        }
    }
}

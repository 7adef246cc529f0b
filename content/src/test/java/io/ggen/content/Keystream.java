package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.io.InputStream;
import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The deterministic bytes of the published profile vectors: ChaCha20 under the SHA-256 of a seed,
 * counter and nonce zero.
 */
final class Keystream {
    private Keystream() {}

    static byte[] bytes(String seed, int length) {
        try {
            return cipher(seed).doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ByteSource source(String seed, long length) {
        return () -> new CipherInputStream(zeros(length), cipher(seed));
    }

    private static Cipher cipher(String seed) {
        try {
            var key = new SecretKeySpec(Sha256.of(Bytes.utf8(seed)).bytes().toArray(), "ChaCha20");
            Cipher cipher = Cipher.getInstance("ChaCha20");
            cipher.init(Cipher.ENCRYPT_MODE, key, new ChaCha20ParameterSpec(new byte[12], 0));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream zeros(long length) {
        return new InputStream() {
            private long rest = length;

            @Override
            public int read() {
                return rest-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                if (rest <= 0) {
                    return -1;
                }
                int read = (int) Math.min(rest, wanted);
                java.util.Arrays.fill(into, offset, offset + read, (byte) 0);
                rest -= read;
                return read;
            }
        };
    }
}

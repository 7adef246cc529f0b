package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * ChaCha20-Poly1305 under one key with Noise's counting nonce: one direction of a connection. Not
 * thread-safe.
 */
final class NoiseCipher {
    static final int TAG = 16;

    private final SecretKeySpec key;
    private final Cipher cipher = CryptoProvider.fast().chaCha20Poly1305();
    private final ByteBuffer nonce = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    private long counter;

    NoiseCipher(Bytes key) {
        this.key = new SecretKeySpec(key.toArray(), "ChaCha20");
    }

    /** Encrypts all of {@code plain} into {@code out}, which gets 16 bytes more. */
    void encrypt(ByteBuffer plain, Bytes associated, ByteBuffer out) {
        try {
            init(Cipher.ENCRYPT_MODE, associated);
            cipher.doFinal(plain, out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /**
     * Decrypts all of {@code sealed} into {@code out}; throws HANDSHAKE_FAILED or MALFORMED when it
     * was changed.
     */
    void decrypt(ByteBuffer sealed, Bytes associated, ByteBuffer out) {
        try {
            init(Cipher.DECRYPT_MODE, associated);
            cipher.doFinal(sealed, out);
        } catch (GeneralSecurityException e) {
            throw new Libp2pException(
                    Code.MALFORMED,
                    "noise: a message was changed on its way or made with another key",
                    e);
        }
    }

    private void init(int mode, Bytes associated) throws GeneralSecurityException {
        nonce.putLong(4, counter++);
        cipher.init(mode, key, new IvParameterSpec(nonce.array()));
        if (associated.length() > 0) {
            cipher.updateAAD(associated.buffer());
        }
    }
}

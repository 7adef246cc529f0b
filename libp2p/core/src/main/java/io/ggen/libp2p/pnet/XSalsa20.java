package io.ggen.libp2p.pnet;

import io.ggen.base.Bytes;

import org.bouncycastle.crypto.StreamCipher;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

import java.nio.ByteBuffer;

/**
 * The key stream of one direction, which the platform lacks. BouncyCastle is loaded when the first
 * private network is met. Not thread-safe.
 */
final class XSalsa20 {
    static final int NONCE = 24;

    private static final int PIECE = 8 * 1024;

    private final StreamCipher cipher;

    XSalsa20(Bytes key, Bytes nonce) {
        cipher = started(new XSalsa20Engine(), key, nonce);
    }

    private static StreamCipher started(StreamCipher cipher, Bytes key, Bytes nonce) {
        cipher.init(true, new ParametersWithIV(new KeyParameter(key.toArray()), nonce.toArray()));
        return cipher;
    }

    /** Encrypts or decrypts the next bytes of {@code data} where they are. */
    void apply(byte[] data, int from, int length) {
        cipher.processBytes(data, from, length, data, from);
    }

    /** Encrypts or decrypts {@code buffer} between {@code from} and its position, in place. */
    void applyBefore(ByteBuffer buffer, int from) {
        if (buffer.hasArray()) {
            apply(buffer.array(), buffer.arrayOffset() + from, buffer.position() - from);
            return;
        }
        byte[] piece = new byte[Math.min(PIECE, buffer.position() - from)];
        for (int at = from; at < buffer.position(); at += piece.length) {
            int count = Math.min(piece.length, buffer.position() - at);
            buffer.get(at, piece, 0, count);
            apply(piece, 0, count);
            buffer.put(at, piece, 0, count);
        }
    }

    /** Returns the name of a key that tells nothing of it: 16 bytes. */
    static Bytes fingerprint(Bytes key) {
        byte[] stream = new byte[64];
        started(new Salsa20Engine(), key, Bytes.utf8("finprint"))
                .processBytes(stream, 0, stream.length, stream, 0);
        var shake = new SHAKEDigest(128);
        shake.update(stream, 0, stream.length);
        byte[] name = new byte[16];
        shake.doFinal(name, 0, name.length);
        return Bytes.wrap(name);
    }
}

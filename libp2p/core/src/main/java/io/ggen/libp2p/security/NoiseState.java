package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The symmetric state of a Noise handshake with SHA-256 and ChaCha20-Poly1305: chaining key, hash
 * and the current cipher. Pure but for its own state; not thread-safe.
 *
 * @see <a href="https://noiseprotocol.org/noise.html#the-symmetricstate-object">The Noise protocol
 *     framework, section 5.2</a>
 */
final class NoiseState {
    private Bytes chainingKey;
    private Bytes hash;
    private Optional<NoiseCipher> cipher = Optional.empty();

    /** Begins with the protocol's name, at most 32 bytes, and an empty prologue. */
    NoiseState(String protocol) {
        byte[] name = new byte[Sha256.LENGTH];
        Bytes.utf8(protocol).buffer().get(name, 0, protocol.length());
        hash = Bytes.wrap(name);
        chainingKey = hash;
        mixHash(Bytes.empty());
    }

    /** The ciphers of both directions once the handshake is over. */
    record Keys(NoiseCipher initiator, NoiseCipher responder) {}

    void mixHash(Bytes data) {
        hash = Sha256.of(hash.concat(data)).bytes();
    }

    void mixKey(Bytes secret) {
        Bytes temporary = hmac(chainingKey, secret);
        chainingKey = hmac(temporary, Bytes.of((byte) 1));
        cipher =
                Optional.of(
                        new NoiseCipher(hmac(temporary, chainingKey.concat(Bytes.of((byte) 2)))));
    }

    Bytes encrypt(Bytes plain) {
        Bytes sealed = plain;
        if (cipher.isPresent()) {
            ByteBuffer out = ByteBuffer.allocate(plain.length() + NoiseCipher.TAG);
            cipher.get().encrypt(plain.buffer(), hash, out);
            sealed = Bytes.wrap(out.array());
        }
        mixHash(sealed);
        return sealed;
    }

    Bytes decrypt(Bytes sealed) {
        Bytes plain = sealed;
        if (cipher.isPresent()) {
            ByteBuffer out = ByteBuffer.allocate(Math.max(0, sealed.length() - NoiseCipher.TAG));
            cipher.get().decrypt(sealed.buffer(), hash, out);
            plain = Bytes.wrap(out.array());
        }
        mixHash(sealed);
        return plain;
    }

    /** Returns whether messages are encrypted by now, so that a key in them has 16 bytes more. */
    boolean encrypts() {
        return cipher.isPresent();
    }

    Keys split() {
        Bytes temporary = hmac(chainingKey, Bytes.empty());
        Bytes first = hmac(temporary, Bytes.of((byte) 1));
        Bytes second = hmac(temporary, first.concat(Bytes.of((byte) 2)));
        return new Keys(new NoiseCipher(first), new NoiseCipher(second));
    }

    Bytes hash() {
        return hash;
    }

    private static Bytes hmac(Bytes key, Bytes data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.toArray(), "HmacSHA256"));
            mac.update(data.buffer());
            return Bytes.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}

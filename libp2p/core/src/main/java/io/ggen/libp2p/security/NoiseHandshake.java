package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

/**
 * The three messages of Noise_XX_25519_ChaChaPoly_SHA256, made and read in their order. Pure but
 * for its own state.
 *
 * <pre>
 *   → e
 *   ← e, ee, s, es, payload
 *   → s, se, payload
 * </pre>
 *
 * @see <a href="https://noiseprotocol.org/noise.html">The Noise protocol framework</a>
 */
final class NoiseHandshake {
    private static final String PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256";
    private static final int SEALED_KEY = X25519.LENGTH + NoiseCipher.TAG;

    private final NoiseState state = new NoiseState(PROTOCOL);
    private final X25519.KeyPair fixed;
    private final X25519.KeyPair ephemeral;
    private Bytes remoteEphemeral = Bytes.empty();
    private Bytes remoteStatic = Bytes.empty();

    NoiseHandshake(X25519.KeyPair fixed, X25519.KeyPair ephemeral) {
        this.fixed = fixed;
        this.ephemeral = ephemeral;
    }

    /** The initiator's first message; the payload is empty in libp2p. */
    Bytes writeFirst(Bytes payload) {
        state.mixHash(ephemeral.publicKey());
        return ephemeral.publicKey().concat(state.encrypt(payload));
    }

    Bytes readFirst(Bytes message) {
        require(message, X25519.LENGTH);
        readEphemeral(message);
        return state.decrypt(message.slice(X25519.LENGTH, message.length()));
    }

    /** The responder's message. */
    Bytes writeSecond(Bytes payload) {
        state.mixHash(ephemeral.publicKey());
        mix(ephemeral, remoteEphemeral);
        Bytes sealedKey = state.encrypt(fixed.publicKey());
        mix(fixed, remoteEphemeral);
        return ephemeral.publicKey().concat(sealedKey).concat(state.encrypt(payload));
    }

    Bytes readSecond(Bytes message) {
        require(message, X25519.LENGTH + SEALED_KEY + NoiseCipher.TAG);
        readEphemeral(message);
        mix(ephemeral, remoteEphemeral);
        remoteStatic = state.decrypt(message.slice(X25519.LENGTH, X25519.LENGTH + SEALED_KEY));
        mix(ephemeral, remoteStatic);
        return state.decrypt(message.slice(X25519.LENGTH + SEALED_KEY, message.length()));
    }

    /** The initiator's last message. */
    Bytes writeThird(Bytes payload) {
        Bytes sealedKey = state.encrypt(fixed.publicKey());
        mix(fixed, remoteEphemeral);
        return sealedKey.concat(state.encrypt(payload));
    }

    Bytes readThird(Bytes message) {
        require(message, SEALED_KEY + NoiseCipher.TAG);
        remoteStatic = state.decrypt(message.slice(0, SEALED_KEY));
        mix(ephemeral, remoteStatic);
        return state.decrypt(message.slice(SEALED_KEY, message.length()));
    }

    /** Returns the other side's static key, once its message was read. */
    Bytes remoteStatic() {
        return remoteStatic;
    }

    /** Returns the ciphers of both directions, once all three messages have gone. */
    NoiseState.Keys keys() {
        return state.split();
    }

    private void readEphemeral(Bytes message) {
        remoteEphemeral = message.slice(0, X25519.LENGTH);
        state.mixHash(remoteEphemeral);
    }

    private void mix(X25519.KeyPair mine, Bytes theirs) {
        try {
            state.mixKey(X25519.agree(mine.secret(), theirs));
        } catch (IllegalArgumentException e) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED, "noise: the other side's key cannot be used", e);
        }
    }

    private static void require(Bytes message, int least) {
        if (message.length() < least) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED,
                    "noise: a handshake message of " + message.length() + " bytes is too short");
        }
    }
}

package io.ggen.libp2p.security;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Noise XX with early muxer negotiation. Thread-safe.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/noise/README.md">Noise</a>
 */
public final class NoiseProtocol implements SecurityProtocol {
    private static final int MAX_POOLED = 16;

    private final PrivateKey identity;
    private @Nullable SignedKey known;
    private final BufferPool pool = new BufferPool(NoiseChannel.BUFFER, MAX_POOLED);

    /** The static key of this process and what its identity says of it. */
    private record SignedKey(X25519.KeyPair pair, Bytes signature) {}

    /** Makes connections that prove to be of {@code identity}. */
    public NoiseProtocol(PrivateKey identity) {
        this.identity = identity;
    }

    @Override
    public String id() {
        return "/noise";
    }

    @Override
    public SecureChannel secure(
            Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers) {
        SignedKey fixed = fixed();
        var handshake = new NoiseHandshake(fixed.pair(), X25519.KeyPair.generate());
        Bytes payload = new NoisePayload(identity.publicKey(), fixed.signature(), muxers).encode();
        return switch (role) {
            case INITIATOR -> initiate(raw, handshake, payload, expected, muxers);
            case RESPONDER -> respond(raw, handshake, payload, muxers);
        };
    }

    /** Signing is the dearest part of a handshake: it is done at the first, once. */
    private synchronized SignedKey fixed() {
        SignedKey made = known;
        if (made == null) {
            var pair = X25519.KeyPair.generate();
            made = new SignedKey(pair, NoisePayload.sign(identity, pair.publicKey()));
            known = made;
        }
        return made;
    }

    private SecureChannel initiate(
            Duplex raw,
            NoiseHandshake handshake,
            Bytes payload,
            Optional<PeerId> expected,
            List<String> muxers) {
        send(raw, handshake.writeFirst(Bytes.empty()));
        NoisePayload remote =
                NoisePayload.verify(handshake.readSecond(receive(raw)), handshake.remoteStatic());
        if (expected.isPresent() && !expected.get().matches(remote.identity())) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED,
                    "dialled " + expected.get() + " but reached " + remote.identity().peerId());
        }
        Optional<String> muxer = muxer(muxers, remote.muxers());
        send(raw, handshake.writeThird(payload));
        NoiseState.Keys keys = handshake.keys();
        return new NoiseChannel(
                raw,
                new RecordChannel.Remote(remote.identity(), muxer),
                new NoiseChannel.Ciphers(keys.initiator(), keys.responder()),
                pool);
    }

    private SecureChannel respond(
            Duplex raw, NoiseHandshake handshake, Bytes payload, List<String> muxers) {
        handshake.readFirst(receive(raw));
        send(raw, handshake.writeSecond(payload));
        NoisePayload remote =
                NoisePayload.verify(handshake.readThird(receive(raw)), handshake.remoteStatic());
        NoiseState.Keys keys = handshake.keys();
        return new NoiseChannel(
                raw,
                new RecordChannel.Remote(remote.identity(), muxer(remote.muxers(), muxers)),
                new NoiseChannel.Ciphers(keys.responder(), keys.initiator()),
                pool);
    }

    /**
     * Returns the first of the initiator's muxers that the responder has; empty where one side
     * names none.
     */
    private static Optional<String> muxer(List<String> initiator, List<String> responder) {
        return initiator.stream().filter(responder::contains).findFirst();
    }

    private static void send(Duplex raw, Bytes message) {
        ByteBuffer frame = ByteBuffer.allocate(2 + message.length());
        frame.putShort((short) message.length()).put(message.buffer());
        raw.write(frame.flip());
        raw.flush();
    }

    private static Bytes receive(Duplex raw) {
        ByteBuffer length = Frames.readExactly(raw, 2).buffer();
        return Frames.readExactly(raw, length.getShort() & 0xffff);
    }
}

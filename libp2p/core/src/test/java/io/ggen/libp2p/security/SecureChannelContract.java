package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every secure channel does, in both roles. */
@Timeout(60)
public abstract class SecureChannelContract {
    private static final List<String> YAMUX = List.of("/yamux/1.0.0");
    private static final PrivateKey ALICE = PrivateKey.ofSeed(Bytes.fromHex("01".repeat(32)));
    private static final PrivateKey BOB = PrivateKey.ofSeed(Bytes.fromHex("02".repeat(32)));

    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

    protected abstract SecurityProtocol protocol(PrivateKey identity);

    @AfterEach
    void end() {
        tasks.close();
    }

    private record Ends(SecureChannel dialler, SecureChannel listener) {}

    private Ends connect(PrivateKey dialler, PrivateKey listener, Optional<PeerId> expected)
            throws Exception {
        return connect(MemoryPipe.create(), protocol(dialler), protocol(listener), expected);
    }

    private Ends connect(
            MemoryPipe.Pair pipe,
            SecurityProtocol dialler,
            SecurityProtocol listener,
            Optional<PeerId> expected)
            throws Exception {
        Future<SecureChannel> listening =
                tasks.submit(
                        () -> secure(listener, pipe.right(), Role.RESPONDER, Optional.empty()));
        SecureChannel dialled = secure(dialler, pipe.left(), Role.INITIATOR, expected);
        return new Ends(dialled, listening.get());
    }

    private static SecureChannel secure(
            SecurityProtocol protocol, Duplex pipe, Role role, Optional<PeerId> expected) {
        try {
            return protocol.secure(pipe, role, expected, YAMUX);
        } catch (Libp2pException e) {
            pipe.close();
            throw e;
        }
    }

    private static PeerId id(PrivateKey key) {
        return key.publicKey().peerId();
    }

    @Test
    void bothSidesLearnWhoTheOtherIsAndAgreeOnAMuxer() throws Exception {
        Ends ends = connect(ALICE, BOB, Optional.of(id(BOB)));
        assertThat(ends.dialler().remoteKey()).isEqualTo(BOB.publicKey());
        assertThat(ends.listener().remoteKey()).isEqualTo(ALICE.publicKey());
        assertThat(ends.dialler().muxer()).contains("/yamux/1.0.0");
        assertThat(ends.listener().muxer()).contains("/yamux/1.0.0");
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyTypeIsAnIdentity(KeyType type) throws Exception {
        PrivateKey key = PrivateKey.generate(type);
        Ends ends = connect(key, BOB, Optional.empty());
        assertThat(ends.listener().remoteKey()).isEqualTo(key.publicKey());
        Ends reversed = connect(BOB, key, Optional.of(id(key)));
        assertThat(reversed.dialler().remoteKey()).isEqualTo(key.publicKey());
    }

    @Test
    void anotherPeerThanTheOneDialledIsRefused() throws Exception {
        try {
            connect(ALICE, BOB, Optional.of(id(ALICE)));
        } catch (Libp2pException e) {
            assertThat(e.code()).isEqualTo(Code.HANDSHAKE_FAILED);
            return;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(Libp2pException.class);
            return;
        }
        throw new AssertionError("connected to the wrong peer");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_384, 65_519, 65_536, 1_000_000})
    void carriesEveryLengthBothWays(int length) throws Exception {
        Ends ends = connect(ALICE, BOB, Optional.empty());
        long seed = System.nanoTime();
        byte[] sent = new byte[length];
        new Random(seed).nextBytes(sent);
        for (List<SecureChannel> way :
                List.of(
                        List.of(ends.dialler(), ends.listener()),
                        List.of(ends.listener(), ends.dialler()))) {
            Future<?> writing =
                    tasks.submit(() -> {
                        way.get(0).write(ByteBuffer.wrap(sent));
                        way.get(0).flush();
                    });
            assertThat(Frames.readExactly(way.get(1), length).equals(Bytes.wrap(sent)))
                    .as("seed %d", seed)
                    .isTrue();
            writing.get();
        }
    }

    @Test
    void theEndOfOneSideIsSeenAsTheEnd() throws Exception {
        Ends ends = connect(ALICE, BOB, Optional.empty());
        ends.dialler().write(Bytes.utf8("last").buffer());
        ends.dialler().closeWrite();
        assertThat(Frames.readExactly(ends.listener(), 4).utf8()).isEqualTo("last");
        assertThat(ends.listener().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aHandshakeThatEndsHalfwayFailsOnBothSides() throws Exception {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        pipe.right().write(Bytes.fromHex("0000").buffer());
        pipe.right().closeWrite();
        for (Role role : Role.values()) {
            try {
                protocol(ALICE).secure(pipe.left(), role, Optional.empty(), YAMUX);
                throw new AssertionError("connected to nobody");
            } catch (Libp2pException e) {
                assertThat(e.code()).isNotEqualTo(Code.TIMEOUT);
            }
        }
    }

    @Test
    void randomBytesInsteadOfAHandshakeAreRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            MemoryPipe.Pair pipe = MemoryPipe.create();
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            pipe.right().write(ByteBuffer.wrap(noise));
            pipe.right().closeWrite();
            try {
                protocol(ALICE)
                        .secure(
                                pipe.left(),
                                i % 2 == 0 ? Role.INITIATOR : Role.RESPONDER,
                                Optional.empty(),
                                YAMUX);
                throw new AssertionError("connected to noise, seed " + seed);
            } catch (Libp2pException e) {
                assertThat(e.code()).as("seed %d", seed).isNotEqualTo(Code.TIMEOUT);
            }
        }
    }
}

package io.ggen.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryPipe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

@Timeout(20)
final class MultistreamTest {
    private final MemoryPipe.Pair pipe = MemoryPipe.create();

    private static void send(Duplex to, String text) {
        to.write(Bytes.utf8(text).buffer());
    }

    @Test
    void takesTheFirstProposalThatBothSpeak() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var proposed =
                    executor.submit(() ->
                            Multistream.propose(pipe.left(), List.of("/a/1", "/b/1", "/c/1")));
            assertThat(Multistream.answer(pipe.right(), Set.of("/c/1", "/b/1")::contains))
                    .isEqualTo("/b/1");
            assertThat(proposed.get()).isEqualTo("/b/1");
        }
    }

    @Test
    void sendsHeaderAndProposalAtOnceInTheSpecifiedBytes() {
        pipe.left().write(Multistream.proposal("/p/1").buffer());
        assertThat(Frames.readExactly(pipe.right(), 26).hex())
                .isEqualTo(
                        "13"
                                + Bytes.utf8("/multistream/1.0.0\n").hex()
                                + "05"
                                + Bytes.utf8("/p/1\n").hex());
    }

    @Test
    void aLazyProposalMayBeFollowedByDataAndByTheEnd() {
        pipe.left().write(Multistream.proposal("/p/1").buffer());
        send(pipe.left(), "data");
        pipe.left().close();
        assertThat(Multistream.answer(pipe.right(), "/p/1"::equals)).isEqualTo("/p/1");
        assertThat(Frames.readExactly(pipe.right(), 4).utf8()).isEqualTo("data");
    }

    @Test
    void aProposalThatNobodySpeaksIsUnsupported() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var proposed =
                    executor.submit(() -> {
                        try {
                            return Multistream.propose(pipe.left(), List.of("/a/1"));
                        } finally {
                            pipe.left().close();
                        }
                    });
            assertThatThrownBy(() -> Multistream.answer(pipe.right(), p -> false))
                    .isInstanceOfSatisfying(
                            Libp2pException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.CONNECTION_CLOSED));
            assertThatThrownBy(proposed::get)
                    .hasCauseInstanceOf(Libp2pException.class)
                    .hasMessageContaining("speaks none of /a/1");
        }
    }

    @Test
    void endlessProposalsAreEndedAfter64() {
        send(pipe.left(), "\u0013/multistream/1.0.0\n");
        for (int i = 0; i < 64; i++) {
            send(pipe.left(), "\u0003/x\n");
        }
        assertThatThrownBy(() -> Multistream.answer(pipe.right(), p -> false))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_PROTOCOL));
    }

    @Test
    void wrongHeadersOversizedAndUnendedTokensAreRefused() {
        for (String hostile :
                List.of(
                        "\u0013/multistream/9.9.9\n",
                        "\u0005hello",
                        "\u0000",
                        "GET / HTTP/1.1\r\n",
                        "\u007f".repeat(9))) {
            MemoryPipe.Pair fresh = MemoryPipe.create();
            send(fresh.left(), hostile);
            fresh.left().closeWrite();
            assertThatThrownBy(() -> Multistream.answer(fresh.right(), p -> true))
                    .isInstanceOf(Libp2pException.class);
        }
        pipe.left().write(Bytes.fromHex("808001").buffer());
        assertThatThrownBy(() -> Multistream.answer(pipe.right(), p -> true))
                .hasMessageContaining("16384 bytes");
    }
}

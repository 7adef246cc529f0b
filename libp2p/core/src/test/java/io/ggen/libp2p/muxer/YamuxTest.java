package io.ggen.libp2p.muxer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.security.Role;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;

final class YamuxTest extends MuxerContract {
    @Override
    protected Muxer muxer() {
        return new YamuxMuxer(YamuxOptions.standard());
    }

    /** A peer that writes frames by hand. */
    @Nested
    @Timeout(20)
    final class AgainstRawFrames {
        private final MemoryPipe.Pair pipe = MemoryPipe.create();
        private final MuxedConnection connection =
                muxer().mux(
                                new PlainChannel(pipe.left()),
                                Role.RESPONDER,
                                MemoryBudget.of(1 << 30));

        private void send(String hex) {
            pipe.right().write(Bytes.fromHex(hex.replace(" ", "")).buffer());
        }

        private String receive(int bytes) {
            return Frames.readExactly(pipe.right(), bytes).hex();
        }

        private void awaitGoAway(String code) {
            String frame = receive(12);
            while (!frame.startsWith("0003")) {
                frame = receive(12);
            }
            assertThat(frame).isEqualTo("000300000000000000000000".substring(0, 22) + code);
        }

        @ParameterizedTest
        @CsvSource({
            "a version that does not exist, 01 00 0001 00000001 00000000",
            "a type that does not exist, 00 04 0000 00000000 00000000",
            "a flag that does not exist, 00 00 0010 00000001 00000000",
            "a stream of our own parity, 00 00 0001 00000002 00000000",
            "stream 0, 00 00 0001 00000000 00000000",
            "a ping on a stream, 00 02 0001 00000001 00000000",
            "a stream opened twice, 00 01 0001 00000001 00000000 00 01 0001 00000001 00000000",
            "data far over the window with SYN, 00 00 0001 00000001 7fffffff",
            "data after the end, 00 01 0005 00000001 00000000 00 00 0000 00000001 00000001 aa"
        })
        void aViolationCostsTheConnection(String what, String frames) {
            send(frames);
            awaitGoAway("01");
            assertThat(connection.isClosed()).as(what).isTrue();
        }

        @Test
        void whatCameInWholeIsReadAfterTheConnectionHasEnded() {
            send("00 00 0001 00000001 00000002 4142 00 01 0004 00000001 00000000");
            MuxedStream whole = connection.accept();
            send("00 00 0001 00000003 00000002 4142");
            MuxedStream cut = connection.accept();
            send("00 03 0000 00000000 00000000");
            while (!connection.isClosed()) {
                Thread.onSpinWait();
            }
            assertThat(Frames.readExactly(whole, 2).utf8()).isEqualTo("AB");
            assertThat(whole.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> Frames.readExactly(cut, 3))
                    .isInstanceOf(Libp2pException.class);
        }

        @Test
        void dataBeyondTheWindowCostsTheConnection() {
            send("00 00 0001 00000001 00040000");
            pipe.right().write(ByteBuffer.allocate(256 * 1024));
            send("00 00 0000 00000001 00000001 aa");
            awaitGoAway("01");
        }

        @Test
        void aFloodOfStreamsIsResetBeyondTheBacklog() {
            for (int i = 0; i < 300; i++) {
                send("00 01 0001 " + "%08x".formatted(2 * i + 1) + " 00000000");
            }
            int resets = 0;
            while (resets < 44) {
                String frame = receive(12);
                resets += frame.startsWith("00010008") ? 1 : 0;
            }
            assertThat(connection.streams()).isEqualTo(256);
            assertThat(connection.isClosed()).isFalse();
        }

        @Test
        void everyPingIsAnsweredOnceAndAnUnaskedAnswerIsIgnored() {
            send("00 02 0002 00000000 0000abcd");
            send("00 02 0001 00000000 12345678");
            String frame = receive(12);
            while (!frame.startsWith("00020002")) {
                frame = receive(12);
            }
            assertThat(frame).isEqualTo("000200020000000012345678");
        }

        @Test
        void framesForUnknownStreamsAreDropped() {
            send(
                    "00 00 0000 00000063 00000003 aabbcc 00 01 0000 00000061 00000009 00 01 0008 00000065 00001001");
            send("00 00 0001 00000001 00000001 41");
            assertThat(Frames.readExactly(connection.accept(), 1).utf8()).isEqualTo("A");
        }

        @Test
        void anErrorCodeBesideAResetIsNoIncrement() {
            send("00 00 0001 00000001 00000001 41");
            MuxedStream stream = connection.accept();
            send("00 01 0008 00000001 00001002");
            Frames.readExactly(stream, 0);
            assertThatThrownBy(
                            () -> {
                                stream.read(ByteBuffer.allocate(1));
                                stream.read(ByteBuffer.allocate(1));
                            })
                    .isInstanceOf(Libp2pException.class);
        }

        @Test
        void pingsThatNobodyReadsTheAnswersOfCostTheConnection() {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 200_000; i++) {
                                    send("00 02 0001 00000000 00000001");
                                }
                            })
                    .isInstanceOf(Libp2pException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }
}

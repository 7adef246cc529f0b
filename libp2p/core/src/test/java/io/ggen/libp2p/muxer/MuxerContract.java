package io.ggen.libp2p.muxer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.security.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What every muxer does, whichever side asks. */
@Timeout(60)
public abstract class MuxerContract {
    protected MuxedConnection left;
    protected MuxedConnection right;
    private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

    protected abstract Muxer muxer();

    @BeforeEach
    void connect() {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        left = muxer().mux(new PlainChannel(pipe.left()), Role.INITIATOR, MemoryBudget.of(1 << 30));
        right =
                muxer().mux(
                                new PlainChannel(pipe.right()),
                                Role.RESPONDER,
                                MemoryBudget.of(1 << 30));
    }

    @AfterEach
    void disconnect() {
        left.close();
        right.close();
        tasks.close();
    }

    private static void send(Duplex to, String text) {
        to.write(Bytes.utf8(text).buffer());
        to.flush();
    }

    private static void echo(MuxedStream stream) {
        ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
        while (stream.read(buffer.clear()) >= 0) {
            stream.write(buffer.flip());
        }
        stream.close();
    }

    private static Code codeOf(Runnable action) {
        try {
            action.run();
        } catch (Libp2pException e) {
            return e.code();
        }
        throw new AssertionError("did not fail");
    }

    @Test
    void bothSidesOpenStreamsAndTalk() {
        for (List<MuxedConnection> sides : List.of(List.of(left, right), List.of(right, left))) {
            MuxedStream opened = sides.get(0).open();
            send(opened, "hello");
            MuxedStream accepted = sides.get(1).accept();
            assertThat(Frames.readExactly(accepted, 5).utf8()).isEqualTo("hello");
            send(accepted, "world");
            assertThat(Frames.readExactly(opened, 5).utf8()).isEqualTo("world");
        }
    }

    @Test
    void aFlushAloneOpensTheStreamOnTheOtherSide() {
        MuxedStream opened = left.open();
        opened.flush();
        MuxedStream accepted = right.accept();
        send(accepted, "first");
        assertThat(Frames.readExactly(opened, 5).utf8()).isEqualTo("first");
    }

    @Test
    void halfClosedStreamsStillCarryTheOtherDirection() {
        MuxedStream opened = left.open();
        send(opened, "question");
        opened.closeWrite();
        MuxedStream accepted = right.accept();
        assertThat(Frames.readExactly(accepted, 8).utf8()).isEqualTo("question");
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        send(accepted, "answer");
        accepted.closeWrite();
        assertThat(Frames.readExactly(opened, 6).utf8()).isEqualTo("answer");
        assertThat(opened.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(codeOf(() -> send(opened, "more"))).isEqualTo(Code.STREAM_RESET);
    }

    /** More than may be unanswered at once, and all of them growing their windows together. */
    @Test
    void hundredsOfStreamsAreOpenedAndFlowAtOnce() throws Exception {
        int streams = 400;
        byte[] data = new byte[300 * 1024];
        Future<?> accepting =
                tasks.submit(() -> {
                    for (int i = 0; i < streams; i++) {
                        MuxedStream accepted = right.accept();
                        tasks.execute(() -> echo(accepted));
                    }
                });
        List<Future<Integer>> sums = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            MuxedStream opened = left.open();
            opened.flush();
            tasks.execute(() -> {
                opened.write(ByteBuffer.wrap(data));
                opened.closeWrite();
            });
            sums.add(tasks.submit(() -> Frames.readExactly(opened, data.length).length()));
        }
        for (Future<Integer> sum : sums) {
            assertThat(sum.get()).isEqualTo(data.length);
        }
        accepting.get();
    }

    @Test
    void aResetEndsBothDirectionsAtOnce() {
        MuxedStream opened = left.open();
        send(opened, "x");
        MuxedStream accepted = right.accept();
        Frames.readExactly(accepted, 1);
        accepted.reset();
        assertThat(codeOf(() -> opened.read(ByteBuffer.allocate(1)))).isEqualTo(Code.STREAM_RESET);
        assertThat(codeOf(() -> send(opened, "y"))).isEqualTo(Code.STREAM_RESET);
        assertThat(codeOf(() -> accepted.read(ByteBuffer.allocate(1))))
                .isEqualTo(Code.STREAM_RESET);
    }

    @Test
    void manyMegabytesComeBackAsTheyWent() throws Exception {
        long seed = System.nanoTime();
        byte[] sent = new byte[8 << 20];
        new Random(seed).nextBytes(sent);
        tasks.execute(() -> echo(right.accept()));
        MuxedStream stream = left.open();
        Future<?> writing =
                tasks.submit(() -> {
                    stream.write(ByteBuffer.wrap(sent));
                    stream.closeWrite();
                });
        Bytes received = Frames.readExactly(stream, sent.length);
        writing.get();
        assertThat(received.equals(Bytes.wrap(sent))).as("seed %d", seed).isTrue();
        assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aWriterWaitsForAReaderAndOtherStreamsDoNot() throws Exception {
        MuxedStream full = left.open();
        Future<?> writing = tasks.submit(() -> full.write(ByteBuffer.allocate(4 << 20)));
        MuxedStream unread = right.accept();
        for (int i = 0; i < 100; i++) {
            MuxedStream stream = left.open();
            send(stream, "ping");
            MuxedStream other = right.accept();
            assertThat(Frames.readExactly(other, 4).utf8()).isEqualTo("ping");
            stream.close();
            other.close();
        }
        assertThat(writing.isDone()).isFalse();
        Frames.readExactly(unread, 4 << 20);
        writing.get();
    }

    @Test
    void fiveHundredStreamsAtOnce() throws Exception {
        tasks.execute(() -> {
            for (int i = 0; i < 500; i++) {
                MuxedStream stream = right.accept();
                tasks.execute(() -> echo(stream));
            }
        });
        List<Future<String>> answers = new ArrayList<>();
        for (int batch = 0; batch < 500; batch += 250) {
            for (int i = batch; i < batch + 250; i++) {
                String text = "stream %04d".formatted(i);
                answers.add(
                        tasks.submit(() -> {
                            MuxedStream stream = left.open();
                            send(stream, text);
                            stream.closeWrite();
                            return Frames.readExactly(stream, text.length()).utf8();
                        }));
            }
            for (int i = batch; i < batch + 250; i++) {
                assertThat(answers.get(i).get()).isEqualTo("stream %04d".formatted(i));
            }
        }
    }

    @Test
    void aReadThatTakesTooLongFailsAndTheStreamCanGoOn() {
        MuxedStream opened = left.open();
        opened.timeout(Duration.ofMillis(20));
        assertThat(codeOf(() -> opened.read(ByteBuffer.allocate(1)))).isEqualTo(Code.TIMEOUT);
        send(right.accept(), "x");
        opened.timeout(Duration.ZERO);
        assertThat(Frames.readExactly(opened, 1).utf8()).isEqualTo("x");
    }

    @Test
    void closingEndsEveryStreamAndEveryWait() throws Exception {
        MuxedStream opened = left.open();
        send(opened, "x");
        MuxedStream accepted = right.accept();
        Frames.readExactly(accepted, 1);
        Future<Code> accepting = tasks.submit(() -> codeOf(() -> right.accept()));
        Future<Code> reading =
                tasks.submit(() -> codeOf(() -> accepted.read(ByteBuffer.allocate(1))));
        left.close();
        assertThat(accepting.get()).isEqualTo(Code.CONNECTION_CLOSED);
        assertThat(reading.get()).isEqualTo(Code.CONNECTION_CLOSED);
        assertThatThrownBy(left::open).isInstanceOf(Libp2pException.class);
        assertThat(left.isClosed() && right.isClosed()).isTrue();
        assertThat(left.streams() + right.streams()).isZero();
    }

    @Test
    void whatWasWrittenBeforeCloseIsReadThoughTheOtherSideAnswersMeanwhile() {
        MuxedStream opened = left.open();
        send(opened, "last words");
        opened.close();
        MuxedStream accepted = right.accept();
        send(accepted, "an answer that nobody reads");
        assertThat(Frames.readExactly(accepted, 10).utf8()).isEqualTo("last words");
        assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void aPeerThatGoesOnSendingAfterCloseIsReset() {
        MuxedStream opened = left.open();
        opened.flush();
        opened.close();
        MuxedStream accepted = right.accept();
        assertThat(
                        codeOf(() -> {
                            for (int i = 0; i < 1000; i++) {
                                accepted.write(ByteBuffer.allocate(16 * 1024));
                            }
                        }))
                .isEqualTo(Code.STREAM_RESET);
    }

    @Test
    void finishedStreamsAreForgotten() throws Exception {
        tasks.execute(() -> {
            for (int i = 0; i < 2000; i++) {
                MuxedStream stream = right.accept();
                tasks.execute(() -> echo(stream));
            }
        });
        for (int i = 0; i < 2000; i++) {
            MuxedStream stream = left.open();
            send(stream, "x");
            stream.closeWrite();
            Frames.readExactly(stream, 1);
            assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            stream.close();
        }
        assertThat(left.streams()).isZero();
    }
}

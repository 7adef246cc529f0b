package io.ggen.libp2p.muxer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.security.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

@Timeout(30)
final class StaleStreamTest {
    @Test
    void aClosedStreamThatTheOtherSideNeverEndsIsResetInTime() {
        var options = new YamuxOptions(512, 256, 16 << 20, 64L << 20, Duration.ofSeconds(1));
        MemoryPipe.Pair pipe = MemoryPipe.create();
        var muxer = new YamuxMuxer(options);
        try (MuxedConnection left =
                        muxer.mux(
                                new PlainChannel(pipe.left()),
                                Role.INITIATOR,
                                MemoryBudget.of(64 << 20));
                MuxedConnection right =
                        muxer.mux(
                                new PlainChannel(pipe.right()),
                                Role.RESPONDER,
                                MemoryBudget.of(64 << 20))) {
            MuxedStream closed = left.open();
            MuxedStream halfClosed = left.open();
            closed.flush();
            halfClosed.closeWrite();
            closed.close();
            MuxedStream unended = right.accept();
            MuxedStream waiting = right.accept();
            assertThat(unended.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            while (left.streams() > 1) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThatThrownBy(() -> unended.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(Libp2pException.class);
            waiting.write(ByteBuffer.wrap(new byte[] {7}));
            assertThat(halfClosed.read(ByteBuffer.allocate(1))).as("still waited for").isOne();
            assertThat(left.streams()).isEqualTo(1);
        }
    }
}

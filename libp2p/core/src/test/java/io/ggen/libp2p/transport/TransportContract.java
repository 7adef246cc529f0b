package io.ggen.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Frames;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What every transport does. */
@Timeout(30)
public abstract class TransportContract {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    protected abstract Transport transport();

    /** Returns addresses that can be listened on here. */
    protected abstract List<Multiaddr> listenable();

    @Test
    void carriesBytesBothWaysAndBothEnds() throws InterruptedException {
        for (Multiaddr address : listenable()) {
            BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();
            try (Transport.Listener listener = transport().listen(address, accepted::add);
                    RawConnection dialled =
                            transport().dial(listener.addresses().getFirst(), LIMIT);
                    RawConnection taken = accepted.take()) {
                assertThat(dialled.remoteAddress()).isEqualTo(listener.addresses().getFirst());
                assertThat(taken.remoteAddress()).isEqualTo(dialled.localAddress());
                dialled.write(Bytes.utf8("hello").buffer());
                dialled.flush();
                assertThat(Frames.readExactly(taken, 5).utf8()).isEqualTo("hello");
                dialled.closeWrite();
                assertThat(taken.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                taken.write(Bytes.utf8("world").buffer());
                taken.flush();
                assertThat(Frames.readExactly(dialled, 5).utf8()).isEqualTo("world");
            }
        }
    }

    @Test
    void closingEndsABlockedReadOnBothSides() throws Exception {
        BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();
        try (Transport.Listener listener =
                transport().listen(listenable().getFirst(), accepted::add)) {
            RawConnection dialled = transport().dial(listener.addresses().getFirst(), LIMIT);
            RawConnection taken = accepted.take();
            BlockingQueue<String> ends = new LinkedBlockingQueue<>();
            for (RawConnection side : List.of(dialled, taken)) {
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                ends.add("read " + side.read(ByteBuffer.allocate(1)));
                            } catch (Libp2pException e) {
                                ends.add("failed");
                            }
                        });
            }
            dialled.close();
            assertThat(List.of(ends.take(), ends.take())).containsAnyOf("failed", "read -1");
            taken.close();
            taken.close();
        }
    }

    @Test
    void aClosedListenerIsDialledInVain() {
        Multiaddr address;
        try (Transport.Listener listener =
                transport().listen(listenable().getFirst(), RawConnection::close)) {
            address = listener.addresses().getFirst();
        }
        assertThatThrownBy(() -> transport().dial(address, LIMIT))
                .isInstanceOf(Libp2pException.class);
    }

    @Test
    void anAddressThatIsTakenCannotBeListenedOn() {
        try (Transport.Listener listener =
                transport().listen(listenable().getFirst(), RawConnection::close)) {
            Multiaddr taken = listener.addresses().getFirst();
            assertThatThrownBy(() -> transport().listen(taken, RawConnection::close))
                    .isInstanceOf(Libp2pException.class);
        }
    }
}

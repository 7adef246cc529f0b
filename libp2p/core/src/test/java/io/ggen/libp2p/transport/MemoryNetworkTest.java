package io.ggen.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Frames;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

final class MemoryNetworkTest extends TransportContract {
    private static final Multiaddr ANYWHERE = Multiaddr.parse("/memory/0");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final MemoryNetwork network = new MemoryNetwork(7);
    private final Transport here = network.node("here");
    private final Transport there = network.node("there");
    private final BlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();

    @Override
    protected Transport transport() {
        return here;
    }

    @Override
    protected List<Multiaddr> listenable() {
        return List.of(ANYWHERE, Multiaddr.parse("/memory/4711"));
    }

    private Multiaddr listen() {
        return there.listen(ANYWHERE, accepted::add).addresses().getFirst();
    }

    private static void send(RawConnection to, String text) {
        to.write(Bytes.utf8(text).buffer());
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
    void bytesTakeAsLongAsTheLatency() throws InterruptedException {
        network.weather(Weather.calm().slow(Duration.ofMillis(40), Duration.ZERO));
        long start = System.nanoTime();
        RawConnection dialled = here.dial(listen(), LIMIT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000);
        start = System.nanoTime();
        send(dialled, "x");
        assertThat(Frames.readExactly(accepted.take(), 1).utf8()).isEqualTo("x");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000);
    }

    @Test
    void nothingPassesAPartitionAndAllArrivesWhenItHeals() throws Exception {
        Multiaddr address = listen();
        RawConnection dialled = here.dial(address, LIMIT);
        RawConnection taken = accepted.take();
        network.partition("there");
        send(dialled, "waiting");
        assertThat(codeOf(() -> here.dial(address, SHORT))).isEqualTo(Code.TIMEOUT);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> read = tasks.submit(() -> Frames.readExactly(taken, 7).utf8());
            Future<RawConnection> late = tasks.submit(() -> here.dial(address, LIMIT));
            assertThat(read.isDone() || late.isDone()).isFalse();
            network.heal();
            assertThat(read.get()).isEqualTo("waiting");
            assertThat(late.get().remoteAddress()).isEqualTo(address);
        }
    }

    @Test
    void aCloseIsNotSeenThroughAPartition() throws Exception {
        RawConnection dialled = here.dial(listen(), LIMIT);
        RawConnection taken = accepted.take();
        network.partition("here");
        taken.close();
        send(dialled, "into the void");
        network.heal();
        assertThat(dialled.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(codeOf(() -> send(dialled, "more"))).isEqualTo(Code.CONNECTION_CLOSED);
    }

    private static String fates(long seed) {
        var network = new MemoryNetwork(seed);
        network.weather(Weather.calm().refusing(0.3).losing(0.3));
        Multiaddr address = network.node("b").listen(ANYWHERE, c -> {}).addresses().getFirst();
        var fates = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            try {
                network.node("a").dial(address, Duration.ofMillis(1));
                fates.append('.');
            } catch (Libp2pException e) {
                fates.append(e.code() == Code.TIMEOUT ? 'l' : 'r');
            }
        }
        return fates.toString();
    }

    @Test
    void theSameSeedHasTheSameFaults() {
        assertThat(fates(1)).isEqualTo(fates(1)).contains("l", "r", ".");
        assertThat(fates(1)).isNotEqualTo(fates(2));
    }

    @Test
    void connectionsOvertakeEachOther() throws InterruptedException {
        Multiaddr address = listen();
        network.weather(Weather.calm().reordering(0.5));
        List<Multiaddr> dialled = new ArrayList<>();
        List<Multiaddr> arrived = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            dialled.add(here.dial(address, LIMIT).localAddress());
        }
        for (int i = 0; i < 40; i++) {
            arrived.add(accepted.take().remoteAddress());
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(dialled).isNotEqualTo(dialled);
    }

    @Test
    void aConnectionBreaksOnBothSides() throws InterruptedException {
        network.weather(Weather.calm().breaking(1));
        RawConnection dialled = here.dial(listen(), LIMIT);
        RawConnection taken = accepted.take();
        assertThat(
                        codeOf(() -> {
                            send(dialled, "x".repeat(1 << 16));
                            send(dialled, "x");
                        }))
                .isEqualTo(Code.IO);
        assertThat(codeOf(() -> Frames.readExactly(taken, 1 << 20))).isEqualTo(Code.IO);
    }

    @Test
    void onlyItsOwnAddressesAreHandled() {
        assertThat(here.handles(ANYWHERE)).isTrue();
        assertThat(here.handles(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"))).isFalse();
        assertThat(here.handles(Multiaddr.parse("/memory/1/p2p-circuit"))).isFalse();
    }
}

package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.MuxedStream;
import io.ggen.libp2p.protocol.Ping;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Peers that send what nobody reads, against a host over TCP with little memory for them. */
@Timeout(120)
final class MemoryLimitTest {
    private static final int MEGABYTE = 1 << 20;
    private static final ResourceScope.Limits ALL = new ResourceScope.Limits(200, 4096, 16L << 20);
    private static final ResourceScope.Limits EACH = new ResourceScope.Limits(8, 512, 4L << 20);

    @TempDir private Path folder;
    private final CountDownLatch over = new CountDownLatch(1);
    private Victim victim;

    @BeforeEach
    void start() throws Exception {
        victim = new Victim(folder, HostLimits.standard().inAll(ALL).perPeer(EACH));
        victim.host().handle("/asleep/1.0.0", this::readNothing);
    }

    @AfterEach
    void stop() {
        over.countDown();
        victim.close();
    }

    private void readNothing(Stream stream) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MemoryBudget memory() {
        return victim.host().resources().memory();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Sends {@code bytes} on each of {@code count} streams, as far as they are taken. */
    private static void flood(MuxedConnection muxed, String protocol, int count, int bytes) {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                senders.execute(() ->
                        Victim.attack(() -> {
                            MuxedStream stream = muxed.open();
                            stream.timeout(Duration.ofSeconds(2));
                            stream.write(Multistream.proposal(protocol).buffer());
                            stream.write(ByteBuffer.allocate(bytes));
                        }));
            }
        }
    }

    @Test
    void whatNobodyReadsKeepsToThePeersShareOfTheMemory() throws Exception {
        MuxedConnection muxed = victim.muxed();
        flood(muxed, "/asleep/1.0.0", 200, 200_000);
        assertThat(memory().used()).isPositive().isLessThanOrEqualTo(EACH.memory());
        victim.assertServes();
        muxed.close();
        await("all memory is given back", () -> memory().used() == 0);
        over.countDown();
        victim.assertUnharmed();
    }

    @Test
    void pingStreamsWhoseAnswersNobodyTakesAreTwoOfEachPeer() throws Exception {
        MuxedConnection muxed = victim.muxed();
        flood(muxed, Ping.PROTOCOL, 512, MEGABYTE / 2);
        assertThat(memory().used()).isLessThanOrEqualTo(EACH.memory());
        await("the others are reset", () -> victim.host().resources().streams() <= 3);
        await("and hold nothing", () -> memory().needed() < MEGABYTE);
        victim.assertServes();
        muxed.close();
        victim.assertUnharmed();
    }

    @Test
    void whoHoldsMostMemoryGoesWhenNoneIsLeft() throws Exception {
        List<MuxedConnection> attackers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attackers.add(victim.muxed());
            flood(attackers.getLast(), "/asleep/1.0.0", 40, 200_000);
        }
        await(
                "one of them is closed",
                () -> attackers.stream().anyMatch(MuxedConnection::isClosed));
        assertThat(memory().used()).isLessThanOrEqualTo(ALL.memory());
        victim.assertServes();
        attackers.forEach(MuxedConnection::close);
        await("all memory is given back", () -> memory().used() == 0);
        over.countDown();
        victim.assertUnharmed();
    }

    @Test
    void everyPeersScopeGoesWithItsLastStream() {
        MuxedConnection muxed = victim.muxed();
        flood(muxed, "/asleep/1.0.0", 5, 10);
        await("five and no other", () -> victim.host().resources().streams() == 5);
        int scopes = victim.host().peersWithResources();
        muxed.close();
        await("the handlers alone are left", () -> victim.host().connections().size() == 1);
        assertThat(victim.host().peersWithResources()).isEqualTo(scopes);
        over.countDown();
        await("nothing is left", () -> victim.host().peersWithResources() == scopes - 1);
    }
}

package io.ggen.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.dns.FakeDnsServer.Manner;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

@Timeout(30)
final class DnsClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final FakeDnsServer server = FakeDnsServer.start();
    private final DnsClient client = new DnsClient(List.of(server.address()));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsTextsOfEveryLength() {
        server.texts("a.example", "", "one", "x".repeat(300), "ümlaut");
        assertThat(client.texts("a.example", LIMIT))
                .containsExactly("", "one", "x".repeat(300), "ümlaut");
        assertThat(client.texts("a.example.", LIMIT)).hasSize(4);
        assertThat(client.texts("none.example", LIMIT)).isEmpty();
    }

    @Test
    void followsAliasesWithinTheAnswer() {
        server.alias("alias.example", "real.example.org");
        server.texts("real.example.org", "found");
        assertThat(client.texts("alias.example", LIMIT)).containsExactly("found");
    }

    @Test
    void asksByTcpWhatDoesNotFitOnePacket() {
        String[] many = Collections.nCopies(200, "y".repeat(250)).toArray(new String[0]);
        server.texts("big.example", many);
        assertThat(client.texts("big.example", LIMIT)).hasSize(200);
    }

    @Test
    void passesOverAnswersToOtherQuestions() {
        server.texts("a.example", "right");
        server.manner(Manner.SPOOFED);
        assertThat(client.texts("a.example", LIMIT)).containsExactly("right");
    }

    @Test
    void asksTheNextServerWhenOneFails() {
        try (FakeDnsServer failing = FakeDnsServer.start()) {
            failing.manner(Manner.FAILING);
            server.texts("a.example", "right");
            var both = new DnsClient(List.of(failing.address(), server.address()));
            assertThat(both.texts("a.example", LIMIT)).containsExactly("right");
            assertThat(failing.questions()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatTheServersDid() {
        server.manner(Manner.FAILING);
        assertThatThrownBy(() -> client.texts("a.example", LIMIT))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("a.example")
                .hasMessageContaining("error 2");
        assertThatThrownBy(() -> new DnsClient(List.of()).texts("a.example", LIMIT))
                .hasMessageContaining("no DNS server is known");
        assertThatThrownBy(() -> client.texts("a..example", LIMIT))
                .hasMessageContaining("not a name");
    }

    @Test
    void silenceAndGarbageEndWithTheLimit() {
        for (Manner manner : List.of(Manner.SILENT, Manner.GARBAGE)) {
            server.manner(manner);
            long start = System.nanoTime();
            assertThatThrownBy(() -> client.texts("a.example", Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            Libp2pException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.TIMEOUT));
            assertThat(System.nanoTime() - start).isLessThan(2_000_000_000);
        }
    }

    @Test
    void theSystemsServersAreTheFirstThreeOfItsFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("resolv.conf");
        Files.writeString(
                file,
                """
                # comment
                search example.org
                nameserver 192.0.2.1
                nameserver   2001:db8::1
                options edns0
                nameserver
                nameserver 192.0.2.3
                nameserver 192.0.2.4
                """);
        assertThat(new SystemNames(file, Optional.empty()).servers())
                .containsExactly(
                        new InetSocketAddress("192.0.2.1", 53),
                        new InetSocketAddress("2001:db8::1", 53),
                        new InetSocketAddress("192.0.2.3", 53));
        assertThatThrownBy(
                        () -> new SystemNames(folder.resolve("none"), Optional.empty()).servers())
                .hasMessageContaining("none");
    }

    @Test
    void recordsAreAskedForOnceWhileTheyHold() {
        var clock = ManualClock.fixed();
        var names = new SystemNames(Path.of("none"), Optional.of(clock));
        server.texts("a.example", "found");
        for (int second = 0; second < 3 * 60; second += 20) {
            assertThat(names.texts("A.example.", () -> client.look("a.example", LIMIT)))
                    .containsExactly("found");
            assertThat(names.texts("b.example", () -> client.look("b.example", LIMIT))).isEmpty();
            clock.advance(Duration.ofSeconds(20));
        }
        assertThat(server.questions()).isEqualTo(3 + 5);
        assertThatThrownBy(() -> names.texts("a..example", LIMIT))
                .hasMessageContaining("a..example");
    }

    @Test
    void whatIsRememberedIsBounded() {
        var cache = new TextCache();
        Instant now = Instant.EPOCH;
        for (int i = 0; i < 3 * TextCache.MAX; i++) {
            var answer = new TextQuestion.Answer.Texts(List.of("x"), 0xffffffffL);
            cache.put(DnsName.parse("n" + i), answer, now);
            assertThat(cache.get(DnsName.parse("n0"), now).isPresent())
                    .as("n0 is asked for all the time")
                    .isTrue();
        }
        assertThat(cache.get(DnsName.parse("n1"), now)).isEmpty();
        assertThat(cache.get(DnsName.parse("n0"), now.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void theSystemKnowsItself() {
        assertThat(new SystemNames().addresses("localhost", LIMIT))
                .contains(InetAddress.getLoopbackAddress());
        assertThat(new SystemNames().addresses("no.such.host.invalid", LIMIT)).isEmpty();
    }
}

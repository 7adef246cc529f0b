package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.network.HostPort;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.network.NetworkOptions.ApiOptions;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

class DaemonTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path directory;
    private Lab lab = new Lab(Path.of(""));

    @BeforeEach
    void open() {
        lab = new Lab(directory);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    private static void assertFails(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void saysWhereItIsToItsOwnerAlone() throws IOException {
        HostedNode node = lab.daemon();
        ApiFile file = lab.file();
        assertThat(node.status().api()).contains(file.url());
        assertThat(file.url()).startsWith("http://127.0.0.1:");
        assertThat(file.token()).hasSizeGreaterThanOrEqualTo(43);
        assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(file.version()).isEqualTo(Lab.VERSION);
        Path api = new Home(directory).nodeApi();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(api)))
                .isEqualTo("rw-------");
    }

    @Test
    void commandsUseTheNodeThatRuns() {
        lab.daemon();
        assertThat(lab.nodes().running(lab.context())).contains(lab.file().node());
        assertThat(lab.remote().status().peerId()).isNotEmpty();
        assertThat(lab.started()).isEqualTo(1);
    }

    @Test
    void withoutOneTheyStartTheirOwn() {
        assertThat(lab.nodes().running(lab.context())).isEmpty();
        assertThat(lab.remote().status().api()).isEmpty();
        assertThat(lab.started()).isEqualTo(1);
    }

    @Test
    void endsWhenItIsAskedTo() throws InterruptedException {
        HostedNode node = lab.daemon();
        Thread owner =
                Thread.ofVirtual()
                        .start(() -> {
                            try (node) {
                                node.awaitStop();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        RunningNode running = lab.file().node();
        assertThat(lab.nodes().stop(lab.context(), SOON)).contains(running);
        owner.join();
        assertThat(lab.node().isClosed()).isTrue();
        assertThat(ApiFile.read(lab.context().home())).isEmpty();
        assertThat(lab.nodes().stop(lab.context(), SOON)).isEqualTo(Optional.empty());
    }

    @Test
    void twoDaemonsInOneHome() {
        lab.daemon();
        assertFails(
                ErrorCode.LOCK_TIMEOUT,
                "runs already: process " + ProcessHandle.current().pid(),
                lab::daemon);
        assertThat(lab.nodes().running(lab.context())).isPresent();
        assertThat(lab.started()).isEqualTo(1);
    }

    @Test
    void aFileThatAKilledDaemonLeftIsNobody() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        new ApiFile("http://127.0.0.1:" + port, "t", 1, Lab.VERSION).write(lab.context().home());
        assertThat(lab.nodes().running(lab.context())).isEmpty();
        lab.daemon();
        assertThat(lab.nodes().running(lab.context())).isPresent();
    }

    @Test
    void anotherProgramAtTheOldPortIsNobody() {
        HostedNode node = lab.daemon();
        ApiFile left = new ApiFile(node.status().api().orElseThrow(), "t", 1, Lab.VERSION);
        left.write(lab.context().home());
        assertThat(lab.nodes().running(lab.context())).isEmpty();
    }

    @Test
    void aNodeOfAnotherVersionIsNamedWithBoth() {
        HostedNode node = lab.daemon();
        assertThat(node.status().running()).isTrue();
        var other =
                new io.ggen.marketplace.core.network.NetworkContext(
                        "9.9.9",
                        lab.context().home(),
                        lab.context().options(),
                        lab.context().clock(),
                        lab.context().progress(),
                        lab.context().passphrases());
        assertFails(
                ErrorCode.NETWORK, "1.2.3, and this is 9.9.9", () -> lab.nodes().connect(other));
    }

    @Test
    void anApiBeyondLoopbackNeedsTlsAndConsent() {
        NetworkOptions standard = NetworkOptions.standard();
        ApiOptions everywhere = standard.api().at(new HostPort("0.0.0.0", 0), true);
        Lab open = new Lab(directory, standard.withApi(everywhere));
        assertFails(ErrorCode.SECURITY, "without TLS", open::daemon);
        Path any = directory.resolve("any.pem");
        ApiOptions secret =
                new ApiOptions(
                        new HostPort("0.0.0.0", 0), Optional.of(any), Optional.of(any), false);
        Lab silent = new Lab(directory, standard.withApi(secret));
        assertFails(ErrorCode.USAGE, "other machines", silent::daemon);
        assertThat(lab.nodes().running(lab.context())).isEmpty();
        lab.daemon();
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            HostPort place = new HostPort("127.0.0.1", taken.getLocalPort());
            NetworkOptions standard = NetworkOptions.standard();
            Lab late = new Lab(directory, standard.withApi(standard.api().at(place, false)));
            assertFails(ErrorCode.NETWORK, place.toString(), late::daemon);
        }
        lab.daemon();
    }
}

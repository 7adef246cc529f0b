package io.ggen.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ggen.dist.Hosts.Result;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shipped program on hosts that have a network between them: cables that are slow and lose
 * packets, and are pulled. {@code -Dggen.long=true} also runs what takes minutes by design.
 */
class SeparateHostsIT {
    private static final Path ROOT =
            Path.of(System.getProperty("ggen.root", "../..")).toAbsolutePath().normalize();
    private static final Pattern ADDRESS = Pattern.compile("/ip4/10\\.91\\.[\\w./]+/p2p/\\w+");
    private static final int PUBLISHER = 1;
    private static final int READER = 2;
    private static final int MIRROR = 3;
    private static final int HOSTS = 3;
    private static final int NETWORK = 69;

    @TempDir private Path folder;
    private Hosts hosts;

    @BeforeEach
    void setUp() throws Exception {
        String missing = Hosts.missing();
        assertThat(missing).as("what the test suite needs").doesNotContain("install iproute2");
        assumeTrue(missing.isEmpty(), missing);
        hosts = new Hosts(ROOT.resolve("ggen"), folder, HOSTS);
        if (!hosts.isShaped()) {
            System.out.println(
                    "hosts: this kernel has no netem (sch_netem): cables are cut, but neither slow"
                            + " nor lossy");
        }
    }

    @AfterEach
    void takeDown() throws Exception {
        if (hosts != null) {
            for (int host = 1; host <= HOSTS; host++) {
                hosts.ggen(host, "m", "p2p", "stop");
            }
            hosts.close();
        }
    }

    private String start(int host, String... more) throws Exception {
        String[] words = {
            "m",
            "p2p",
            "start",
            "--daemon",
            "--no-mdns",
            "--listen",
            "/ip4/" + Hosts.ip(host) + "/tcp/4001"
        };
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        Result started = hosts.ggen(host, all);
        assertThat(started.status()).as(started.said()).isZero();
        Matcher address = ADDRESS.matcher(started.said());
        assertThat(address.find()).as(started.said()).isTrue();
        return address.group();
    }

    private void publish(int host, String... packs) throws Exception {
        for (String pack : packs) {
            Result done =
                    hosts.ggen(
                            host,
                            "m",
                            "p2p",
                            "publish",
                            ROOT.resolve("examples/packs").resolve(pack).toString());
            assertThat(done.status()).as(done.said()).isZero();
        }
    }

    private Result install(int host, String id) throws IOException, InterruptedException {
        return hosts.ggen(host, "m", "install", id, "--global");
    }

    private static void await(Duration limit, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        boolean holds = condition.call();
        while (!holds && System.nanoTime() < end) {
            LockSupport.parkNanos(200_000_000);
            holds = condition.call();
        }
        assertThat(holds).isTrue();
    }

    private String status(int host) throws IOException, InterruptedException {
        return hosts.ggen(host, "m", "p2p", "status", "--json").said();
    }

    /**
     * A provider that vanishes without a word: the next one serves; what nobody has left ends in
     * time with an error that says so, and leaves nothing half-installed; after the cable is back
     * the same command works.
     */
    @Test
    void aCutHostIsDoneWithoutAndComesBack() throws Exception {
        String first = start(PUBLISHER);
        start(READER, "--bootstrap", first);
        start(MIRROR, "--bootstrap", first);
        publish(PUBLISHER, "web-vocabulary", "shacl-shapes");
        await(
                Duration.ofSeconds(30),
                () ->
                        hosts.ggen(MIRROR, "m", "p2p", "search", "vocabulary")
                                .said()
                                .contains("web-vocabulary"));
        Result mirrored = install(MIRROR, "web-vocabulary");
        assertThat(mirrored.status()).as(mirrored.said()).isZero();
        await(
                Duration.ofSeconds(30),
                () ->
                        hosts.ggen(READER, "m", "p2p", "search", "shapes")
                                .said()
                                .contains("shacl-shapes"));

        hosts.cut(PUBLISHER);

        Result other = install(READER, "web-vocabulary");
        assertThat(other.status()).as(other.said()).isZero();
        Result nobody = install(READER, "shacl-shapes");
        assertThat(nobody.status()).as(nobody.said()).isEqualTo(NETWORK);
        assertThat(nobody.said()).contains("shacl-shapes");
        assertThat(hosts.ggen(READER, "m", "verify", "--global").status()).isZero();
        assertThat(hosts.ggen(READER, "m", "p2p", "search", "shapes").said())
                .contains("shacl-shapes");

        hosts.heal(PUBLISHER);

        await(Duration.ofSeconds(60), () -> install(READER, "shacl-shapes").status() == 0);
        assertThat(hosts.ggen(READER, "m", "verify", "--global").status()).isZero();
    }

    /** A node that reaches none of its bootstrap nodes says so, works alone, and joins later. */
    @Test
    @EnabledIfSystemProperty(named = "ggen.long", matches = "true")
    void aNodeWithoutBootstrapNodesWarnsAndJoinsByItself() throws Exception {
        String later = start(PUBLISHER);
        hosts.ggen(PUBLISHER, "m", "p2p", "stop");
        start(READER, "--bootstrap", later);
        Path log = hosts.home(READER).resolve("p2p/node.log");
        await(
                Duration.ofSeconds(40),
                () -> Files.readString(log).contains("no bootstrap node can be reached"));
        assertThat(status(READER)).contains("\"connectivity\":\"alone\"");
        assertThat(hosts.ggen(READER, "m", "search", "shop").status()).isZero();

        start(PUBLISHER);

        await(Duration.ofMinutes(6), () -> !status(READER).contains("\"peers\":0,"));
    }

    /** A host that is cut off for longer than its connections live notices, and comes back. */
    @Test
    @EnabledIfSystemProperty(named = "ggen.long", matches = "true")
    void aNodeThatWasCutOffForLongComesBackByItself() throws Exception {
        String first = start(PUBLISHER);
        start(READER, "--bootstrap", first);
        await(Duration.ofSeconds(30), () -> status(READER).contains("\"peers\":1,"));

        hosts.cut(READER);
        await(Duration.ofMinutes(3), () -> status(READER).contains("\"connectivity\":\"alone\""));
        Result search = hosts.ggen(READER, "m", "p2p", "search", "anything");
        assertThat(search.status()).as(search.said()).isZero();
        hosts.heal(READER);

        await(Duration.ofMinutes(6), () -> status(READER).contains("\"peers\":1,"));
    }
}

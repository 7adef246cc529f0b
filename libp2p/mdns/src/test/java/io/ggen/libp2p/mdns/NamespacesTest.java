package io.ggen.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Real sockets: hosts in network namespaces that a pair of virtual interfaces joins. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NamespacesTest {
    private static final String LEFT = "ggen-l-" + ProcessHandle.current().pid();
    private static final String RIGHT = "ggen-r-" + ProcessHandle.current().pid();

    private final List<Peer> peers = new ArrayList<>();

    @BeforeAll
    static void join() throws IOException, InterruptedException {
        if (!runs("ip netns add " + LEFT)) {
            String reason = "no network namespaces here: discovery over real sockets is not tested";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(reason);
            }
            abort(reason);
        }
        run("ip netns add " + RIGHT);
        run("ip -n " + LEFT + " link add one type veth peer name one netns " + RIGHT);
        run("ip -n " + LEFT + " link add two type veth peer name two netns " + RIGHT);
        address(LEFT, "one", 1);
        address(RIGHT, "one", 2);
        for (String link : List.of("lo", "one")) {
            up(LEFT, link);
            up(RIGHT, link);
        }
    }

    private static void address(String namespace, String link, int host)
            throws IOException, InterruptedException {
        int net = link.equals("one") ? 1 : 2;
        run("ip -n " + namespace + " addr add 10.77." + net + "." + host + "/24 dev " + link);
        run(
                "ip -n "
                        + namespace
                        + " addr add fd77:"
                        + net
                        + "::"
                        + host
                        + "/64 dev "
                        + link
                        + " nodad");
    }

    private static void up(String namespace, String link) throws IOException, InterruptedException {
        run("ip -n " + namespace + " link set " + link + " up");
    }

    @AfterAll
    static void leave() throws IOException, InterruptedException {
        runs("ip netns del " + LEFT);
        runs("ip netns del " + RIGHT);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Peer peer : peers) {
            peer.close();
        }
    }

    @Test
    void hostsFindEachOtherAndConnect() throws IOException, InterruptedException {
        Peer left = start(LEFT);
        Peer right = start(RIGHT);
        String found = left.await("found " + right.id());
        assertThat(found).contains("/ip4/10.77.1.2/tcp/", "/ip6/fd77:1::2/tcp/");
        assertThat(found).doesNotContain("127.0.0.1", "fe80");
        right.await("found " + left.id());
        left.await("connected " + right.id());
        right.await("connected " + left.id());
    }

    @Test
    void hostsOnOneMachineFindEachOther() throws IOException, InterruptedException {
        Peer one = start(LEFT);
        Peer two = start(LEFT);
        one.await("connected " + two.id());
        two.await("connected " + one.id());
    }

    @Test
    void anInterfaceThatComesLaterIsSpokenOn() throws IOException, InterruptedException {
        run("ip -n " + LEFT + " link set one down");
        try {
            Peer left = start(LEFT);
            Peer right = start(RIGHT);
            address(LEFT, "two", 1);
            address(RIGHT, "two", 2);
            up(LEFT, "two");
            up(RIGHT, "two");
            left.await("connected " + right.id());
            right.await("connected " + left.id());
        } finally {
            up(LEFT, "one");
        }
    }

    private Peer start(String namespace) throws IOException {
        var peer = new Peer(namespace);
        peers.add(peer);
        peer.await("me ");
        return peer;
    }

    private static void run(String command) throws IOException, InterruptedException {
        assertThat(runs(command)).as(command).isTrue();
    }

    private static boolean runs(String command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            if (command.contains("netns add")) {
                return false;
            }
            throw e;
        }
    }

    /** A {@link LanNode} in a namespace, and what it has said so far. */
    private static final class Peer {
        private final Process process;
        private final List<String> said = new ArrayList<>();
        private final BufferedReader out;

        Peer(String namespace) throws IOException {
            process =
                    new ProcessBuilder(
                                    "ip",
                                    "netns",
                                    "exec",
                                    namespace,
                                    ProcessHandle.current().info().command().orElseThrow(),
                                    "-Xmx64m",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LanNode.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            out = process.inputReader();
        }

        String id() {
            return said.getFirst().substring("me ".length());
        }

        /** Waits until it says a line that begins so; the test's deadline ends a wait in vain. */
        String await(String beginning) throws IOException {
            for (String line : said) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            String line = out.readLine();
            while (line != null) {
                said.add(line);
                if (line.startsWith(beginning)) {
                    return line;
                }
                line = out.readLine();
            }
            throw new AssertionError("it ended without " + beginning + " after " + said);
        }

        void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}

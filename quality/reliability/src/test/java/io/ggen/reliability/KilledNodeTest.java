package io.ggen.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Nodes, and commands that ask the network, are killed at any moment ({@code kill -9}), in turn.
 * Nothing that was published, pinned or installed is lost, and nothing is mended by hand. {@code
 * -Dggen.nodeKills=200} kills as often; {@code -Dggen.seed} chooses the moments.
 */
class KilledNodeTest {
    private static final int KILLS = Integer.getInteger("ggen.nodeKills", 4);
    private static final int LONGEST_MILLIS = 1_500;
    private static final Duration START = Duration.ofMinutes(2);

    @TempDir private Path folder;
    private final TestPublisher stranger = TestPublisher.number(1);
    private final List<P2pNode> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.reversed().forEach(P2pNode::close);
    }

    @Test
    void nothingIsLostThatAKilledNodeOrCommandHadDone() throws Exception {
        P2pNode friend = node("friend");
        P2pNode keeper = node("keeper");
        var kept = new World(folder.resolve("keeper"), keeper.registry());
        var random = new SplittableRandom(Property.seed());
        for (int kill = 1; kill <= KILLS; kill++) {
            stranger.release("foreign", "1.0." + kill).publishIn(friend.registry());
            kept.write("1.0." + kill);
            kept.publish();
            boolean isNode = kill % 2 == 1;
            killAfter(
                    isNode ? "node" : "guest",
                    kill,
                    TestNode.address(isNode ? friend : keeper),
                    random.nextInt(LONGEST_MILLIS));
        }
        checkFromOutside();
    }

    private P2pNode node(String name, String... others) {
        P2pNode node = TestNode.start(folder.resolve(name).resolve("home"), Standing.HOME, others);
        nodes.add(node);
        return node;
    }

    private void killAfter(String mode, int number, String address, int millis) throws Exception {
        Path root = Files.createDirectories(folder.resolve(mode));
        Path log = root.resolve("log");
        Process victim =
                Processes.start(
                        log,
                        NodeVictim.class,
                        root.toString(),
                        mode,
                        Integer.toString(number),
                        address);
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Thread reading = Thread.ofVirtual().start(() -> read(victim, said));
        try {
            String first = said.poll(START.toSeconds(), TimeUnit.SECONDS);
            assertThat(first)
                    .as("seed %d, kill %d of a %s: %s", Property.seed(), number, mode, text(log))
                    .isEqualTo("ready");
            assertThat(victim.waitFor(Duration.ofMillis(millis)))
                    .as("seed %d, before kill %d: %s", Property.seed(), number, text(log))
                    .isFalse();
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
        reading.join();
        List<String> done = said.stream().filter(it -> it.contains(" ")).toList();
        Files.write(
                root.resolve("acknowledged"),
                done,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Whole lines alone: what the kill has cut off was not said. */
    private static void read(Process victim, BlockingQueue<String> said) {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\n') {
                    said.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            System.getLogger(KilledNodeTest.class.getName())
                    .log(System.Logger.Level.DEBUG, "the victim is gone", e);
        }
    }

    /**
     * Another node finds everything at the node that was killed, and fetches each version whole.
     */
    private void checkFromOutside() throws Exception {
        P2pNode survivor = node("node");
        List<String> acknowledged =
                Files.readAllLines(folder.resolve("node").resolve("acknowledged"));
        NodeVictim.check(survivor, acknowledged);
        P2pNode reader = node("reader", TestNode.address(survivor));
        assertThat(reader.registry().listVersions(PackageRef.of(new PackageId("app-pack"))))
                .isNotEmpty();
        Soundness.checkRegistry(reader.registry());
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }
}

package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.gossipsub.Gossip;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Gossip among our host and every peer that is there: in pairs, and in a mesh of all. */
@Timeout(900)
final class GossipTest {
    /** Those that can be told to speak nothing newer than gossipsub 1.1. */
    private static final Set<String> CAN_BE_OLD = Set.of("go", "js");

    private static final int LARGE = 50_000;
    private static final int PIECE = 1_000;
    private static final int OF_EACH = 3;
    private static final String TOPIC = "/ggen/test/mesh";
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private static final Matrix MATRIX = new Matrix();
    private static final Peers PEERS = new Peers();

    @AfterAll
    static void end() throws Exception {
        PEERS.close();
        MATRIX.write("gossip");
    }

    /** A peer, the topic that it shares with ours, and what is told of both. */
    private record Pair(
            String name, String version, boolean weDial, String topic, PeerProcess peer) {
        static Pair start(Path program, String version, boolean weDial, String... options) {
            String name = Peers.name(program);
            String topic = "/ggen/test/" + name + "/" + version + "/" + weDial;
            String[] all =
                    Stream.concat(Stream.of("--gossip", topic), Stream.of(options))
                            .toArray(String[]::new);
            return new Pair(name, version, weDial, topic, PEERS.start(program, all));
        }

        DynamicTest test(PeerProcess ours) {
            return MATRIX.test(
                    "Gossip in pairs",
                    name + ", gossipsub " + version,
                    weDial ? "we dial" : "it dials",
                    () -> converse(ours, this));
        }
    }

    @TestFactory
    Stream<DynamicTest> pairsHearEachOtherInBothRolesAndVersions() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (Path program : Peers.taking("--gossip", TOPIC)) {
            for (boolean weDial : new boolean[] {true, false}) {
                pairs.add(Pair.start(program, "1.2", weDial));
                if (CAN_BE_OLD.contains(Peers.name(program))) {
                    pairs.add(Pair.start(program, "1.1", weDial, "--meshsub", "1.1"));
                }
            }
        }
        PeerProcess ours =
                PEERS.start(
                        Peers.ours(),
                        pairs.stream()
                                .flatMap(pair -> Stream.of("--gossip", pair.topic()))
                                .toArray(String[]::new));
        return pairs.stream().map(pair -> pair.test(ours));
    }

    /** Each message comes once, with its author; also one that IDONTWANT is sent for. */
    private static void converse(PeerProcess ours, Pair pair) throws Exception {
        PeerProcess theirs = pair.peer();
        if (pair.weDial()) {
            ours.ask("dial " + theirs.address());
        } else {
            theirs.ask("dial " + ours.address());
        }
        awaitMesh(ours, pair.topic(), 1);
        awaitMesh(theirs, pair.topic(), 1);
        assertThat(ours.protocols(theirs.id()))
                .contains(Gossip.PROTOCOL_1_1)
                .filteredOn(Gossip.PROTOCOL_1_2::equals)
                .hasSize(pair.version().equals("1.2") ? 1 : 0);
        for (int bytes : new int[] {10, PIECE, LARGE}) {
            publish(ours, pair.topic(), bytes, List.of(theirs));
            publish(theirs, pair.topic(), bytes, List.of(ours));
        }
    }

    /** Publishes until so many peers are in the mesh, as only then nothing is lost on the way. */
    private static void awaitMesh(PeerProcess peer, String topic, int peers) {
        Link.await(
                peer.program() + " has " + peers + " in its mesh",
                () ->
                        peer.ask("publish " + topic + " " + message(10)).get("meshPeers")
                                        instanceof Long count
                                && count >= peers);
    }

    private static void publish(
            PeerProcess author, String topic, int bytes, List<PeerProcess> readers)
            throws Exception {
        String data = message(bytes);
        author.ask("publish " + topic + " " + data);
        for (PeerProcess reader : readers) {
            Link.await(
                    reader.program() + " hears of " + bytes + " bytes by " + author.program(),
                    () -> !reader.inbox().authors(topic, data).isEmpty());
            assertThat(reader.inbox().authors(topic, data)).containsExactly(author.id());
        }
        assertThat(author.inbox().authors(topic, data)).isEmpty();
    }

    /** Returns other content each time: the same twice would be the same message. */
    private static String message(int bytes) {
        byte[] content = new byte[bytes];
        RANDOM.nextBytes(content);
        return Base64.getEncoder().encodeToString(content);
    }

    /**
     * Each node is connected to the next two and the two before, as on a ring: what the others are
     * to hear must be sent on by several peers of each implementation.
     */
    @TestFactory
    Stream<DynamicTest> meshOfAllBringsEverythingToEverybody() throws Exception {
        List<Path> programs = Peers.taking("--gossip", TOPIC);
        List<PeerProcess> nodes = new ArrayList<>();
        for (int i = 0; i < OF_EACH * programs.size(); i++) {
            nodes.add(PEERS.start(programs.get(i % programs.size()), "--gossip", TOPIC));
        }
        String title = "Gossip in a ring";
        String row = OF_EACH + " nodes of each";
        return Stream.of(
                MATRIX.test(title, row, "all alive", () -> meshed(nodes)),
                MATRIX.test(
                        title, row, "one of each killed", () -> bereaved(nodes, programs.size())));
    }

    private static void meshed(List<PeerProcess> nodes) throws Exception {
        for (int i = 0; i < nodes.size(); i++) {
            for (int step = 1; step <= 2; step++) {
                String next = nodes.get((i + step) % nodes.size()).address();
                nodes.get(i).ask("dial " + next);
            }
        }
        for (PeerProcess node : nodes) {
            awaitMesh(node, TOPIC, Math.min(4, nodes.size() - 1));
        }
        eachTellsAll(nodes);
    }

    /** One node of each goes, so that the ring holds by the connections to those behind. */
    private static void bereaved(List<PeerProcess> nodes, int implementations) throws Exception {
        List<PeerProcess> left = new ArrayList<>(nodes);
        for (int i = 0; i < implementations; i++) {
            PeerProcess victim = nodes.get((i * implementations + i) % nodes.size());
            victim.kill();
            left.remove(victim);
        }
        eachTellsAll(left);
    }

    private static void eachTellsAll(List<PeerProcess> nodes) throws Exception {
        for (PeerProcess node : nodes) {
            List<PeerProcess> others = nodes.stream().filter(other -> other != node).toList();
            publish(node, TOPIC, 2 * PIECE, others);
        }
    }
}

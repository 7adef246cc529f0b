package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Kademlia among our host and every peer that is there: in pairs, and in one network of all. */
@Timeout(900)
final class KadTest {
    private static final String PROTOCOL = "/ggen/test/kad/1.0.0";
    private static final String PAIRS = "Kademlia in pairs";
    private static final SplittableRandom RANDOM = new SplittableRandom();

    /** Those that can be told to be a client. */
    private static final Set<String> CAN_BE_CLIENT = Set.of("go", "js", "rust");

    private static final Matrix MATRIX = new Matrix();
    private static final Peers PEERS = new Peers();

    @AfterAll
    static void end() throws Exception {
        PEERS.close();
        MATRIX.write("kad");
    }

    private static PeerProcess server(Path program) {
        return PEERS.start(program, "--kad", PROTOCOL);
    }

    private static PeerProcess client(Path program) {
        return PEERS.start(program, "--kad", PROTOCOL, "--kad-mode", "client");
    }

    /** Two peers of which the one has nobody else to hear from. */
    private record Pair(String name, PeerProcess ours, PeerProcess theirs, boolean servers) {
        Stream<DynamicTest> tests() {
            Map<String, Executable> steps = new LinkedHashMap<>();
            steps.put("our value", () -> value(ours, theirs));
            steps.put("its value", () -> value(theirs, ours));
            steps.put("we provide", () -> provider(ours, theirs));
            steps.put("it provides", () -> provider(theirs, ours));
            if (servers) {
                steps.put("our older value loses", () -> older(ours, theirs));
                steps.put("its older value loses", () -> older(theirs, ours));
            }
            return steps.entrySet().stream()
                    .map(step ->
                            MATRIX.test(
                                    PAIRS,
                                    name,
                                    step.getKey(),
                                    () -> {
                                        ours.ask("dial " + theirs.address());
                                        step.getValue().execute();
                                    }));
        }
    }

    @TestFactory
    Stream<DynamicTest> pairsHoldForEachOther() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (Path program : Peers.taking("--kad", PROTOCOL)) {
            String name = Peers.name(program);
            PeerProcess theirs = server(program);
            pairs.add(new Pair(name, server(Peers.ours()), theirs, true));
            if (CAN_BE_CLIENT.contains(name)) {
                pairs.add(
                        new Pair(
                                name + " as a client",
                                server(Peers.ours()),
                                client(program),
                                false));
                pairs.add(new Pair(name + ", we as a client", client(Peers.ours()), theirs, false));
            }
        }
        return pairs.stream().flatMap(Pair::tests);
    }

    /** Two nodes of each implementation, of which each knows the first alone to begin with. */
    @TestFactory
    Stream<DynamicTest> networkOfAllHoldsForEverybody() throws Exception {
        List<Path> programs = Peers.taking("--kad", PROTOCOL);
        List<PeerProcess> nodes = new ArrayList<>();
        for (int i = 0; i < 2 * programs.size(); i++) {
            nodes.add(server(programs.get(i % programs.size())));
        }
        for (PeerProcess node : nodes.subList(1, nodes.size())) {
            node.ask("dial " + nodes.getFirst().address());
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (PeerProcess writer : nodes.subList(0, programs.size())) {
            for (PeerProcess reader : nodes.subList(programs.size(), nodes.size())) {
                tests.addAll(ofNetwork(writer, reader));
            }
        }
        tests.add(
                MATRIX.test(
                        "Kademlia, an older value",
                        "put by any node of all",
                        "is read by none",
                        () -> olderInNetwork(nodes)));
        return tests.stream();
    }

    private static List<DynamicTest> ofNetwork(PeerProcess writer, PeerProcess reader) {
        String from = Peers.name(writer.program());
        String to = "read by " + Peers.name(reader.program());
        String table = "Kademlia in a network of all";
        return List.of(
                MATRIX.test(table, "value put by " + from, to, () -> quorum(writer, reader)),
                MATRIX.test(table, "provider " + from, to, () -> provider(writer, reader)),
                MATRIX.test(table, "address of " + from, to, () -> find(writer, reader)));
    }

    private static String key() {
        return "/ggen/" + random(16).hex();
    }

    private static Bytes random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private static String base64(Bytes value) {
        return Base64.getEncoder().encodeToString(value.toArray());
    }

    /** A server whom only a client knows has nobody to store with, and is asked by the client. */
    private static void value(PeerProcess writer, PeerProcess reader) {
        String key = key();
        String value = base64(random(1000));
        Link.await(
                reader.program() + " gets what was put by " + writer.program(),
                () -> {
                    writer.tell("put " + key + " " + value);
                    return value.equals(got(reader, key));
                });
    }

    private static boolean isOk(PeerProcess peer, String command) throws Exception {
        return Boolean.TRUE.equals(peer.tell(command).get("ok"));
    }

    private static Object got(PeerProcess reader, String key) throws Exception {
        return reader.tell("get " + key).getOrDefault("valueBase64", "");
    }

    /** Also that more than one peer is asked. */
    private static void quorum(PeerProcess writer, PeerProcess reader) throws Exception {
        String key = key();
        String value = base64(random(1000));
        Link.await("stored", () -> isOk(writer, "put " + key + " " + value));
        Map<String, Object> reply = reader.ask("get " + key);
        assertThat(reply).containsEntry("valueBase64", value);
        assertThat((Long) reply.get("from")).isGreaterThan(1);
    }

    /** An older value is refused, or not chosen by whoever reads. */
    private static void older(PeerProcess writer, PeerProcess reader) throws Exception {
        String key = key();
        String newer = base64(Bytes.utf8("2"));
        Link.await(
                "the newer value is stored",
                () -> isOk(reader, "put " + key + " " + newer) && newer.equals(got(writer, key)));
        writer.tell("put " + key + " " + base64(Bytes.utf8("1")));
        assertThat(got(reader, key)).isEqualTo(newer);
    }

    private static void olderInNetwork(List<PeerProcess> nodes) throws Exception {
        for (PeerProcess writer : nodes) {
            String key = key();
            String newer = base64(Bytes.utf8("2"));
            nodes.getFirst().ask("put " + key + " " + newer);
            writer.tell("put " + key + " " + base64(Bytes.utf8("1")));
            for (PeerProcess reader : nodes) {
                assertThat(got(reader, key))
                        .as("%s reads what %s put", reader.program(), writer.program())
                        .isEqualTo(newer);
            }
        }
    }

    private static void provider(PeerProcess provider, PeerProcess reader) {
        String hash = "1220" + random(32).hex();
        Link.await(
                reader.program() + " finds " + provider.program() + " as a provider",
                () -> {
                    provider.tell("provide " + hash);
                    return provides(reader.tell("providers " + hash), provider);
                });
    }

    private static boolean provides(Map<String, Object> reply, PeerProcess provider) {
        return reply.get("providers") instanceof List<?> providers
                && providers.stream()
                        .anyMatch(each ->
                                each instanceof Map<?, ?> peer
                                        && provider.id().equals(peer.get("id"))
                                        && isThere(peer, provider));
    }

    private static boolean isThere(Map<?, ?> fields, PeerProcess peer) {
        String address = peer.address().substring(0, peer.address().indexOf("/p2p/"));
        return fields.get("addrs") instanceof List<?> addresses
                && addresses.stream().anyMatch(each -> String.valueOf(each).startsWith(address));
    }

    private static void find(PeerProcess found, PeerProcess reader) {
        Link.await(
                reader.program() + " finds " + found.program(),
                () -> isThere(reader.tell("find " + found.id()), found));
    }
}

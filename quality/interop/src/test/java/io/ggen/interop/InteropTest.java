package io.ggen.interop;

import io.ggen.interop.Link.Way;
import io.ggen.interop.Scenarios.Scenario;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.pnet.PreSharedKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Our host with every peer that is there, by both security protocols, dialling and dialled. */
final class InteropTest {
    private static final Matrix MATRIX = new Matrix();
    private static final Peers PEERS = new Peers();

    @TempDir private static Path folder;

    @AfterAll
    static void end() throws Exception {
        PEERS.close();
        MATRIX.write("hosts");
    }

    @TestFactory
    @Timeout(900)
    Stream<DynamicNode> everyPeerUnderstandsUs() throws Exception {
        return Peers.present().stream()
                .map(program ->
                        DynamicContainer.dynamicContainer(Peers.name(program), ofPeer(program)));
    }

    private static Stream<DynamicNode> ofPeer(Path program) {
        return Stream.of(
                        ways(program, KeyType.ED25519, Scenarios.all()),
                        Stream.of(KeyType.RSA, KeyType.ECDSA, KeyType.SECP256K1)
                                .filter(key -> Peers.takes(program, "--key", name(key)))
                                .flatMap(key -> ways(program, key, Scenarios.basic())),
                        inPrivate(program))
                .flatMap(nodes -> nodes);
    }

    private static String name(KeyType key) {
        return key.name().toLowerCase(Locale.ROOT);
    }

    private static Stream<DynamicNode> ways(
            Path program, KeyType key, Map<String, Scenario> scenarios) {
        String name = name(key);
        PeerProcess peer = PEERS.start(program, "--key", name);
        String suffix = key == KeyType.ED25519 ? "" : ", " + name + " keys";
        return Way.all(key).map(way -> tests(PEERS.opened(new Link(peer, way)), scenarios, suffix));
    }

    private static Stream<DynamicNode> inPrivate(Path program) {
        PreSharedKey network = PreSharedKey.generate();
        Path file = folder.resolve(Peers.name(program) + ".key");
        try {
            Files.writeString(file, network.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Peers.takes(program, "--psk", file.toString())) {
            return Stream.of();
        }
        PeerProcess peer = PEERS.start(program, "--psk", file.toString());
        return Way.all(KeyType.ED25519)
                .map(way -> new Link(peer, way, options -> options.within(network)))
                .map(link -> tests(PEERS.opened(link), PrivateScenarios.all(file), ""));
    }

    private static DynamicNode tests(Link link, Map<String, Scenario> scenarios, String suffix) {
        return DynamicContainer.dynamicContainer(
                link.way.column(),
                scenarios.entrySet().stream()
                        .map(scenario ->
                                test(link, scenario.getKey() + suffix, scenario.getValue())));
    }

    private static DynamicNode test(Link link, String scenario, Scenario body) {
        String peer = Peers.name(link.peer.program());
        return MATRIX.test(
                peer,
                scenario,
                link.way.column(),
                () -> {
                    body.run(link);
                    link.identity().ifPresent(known -> MATRIX.remark(peer, known.agent()));
                });
    }
}

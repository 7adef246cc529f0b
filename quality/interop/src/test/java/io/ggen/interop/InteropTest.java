package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.interop.Link.Way;
import io.ggen.interop.Scenarios.Scenario;
import io.ggen.libp2p.key.KeyType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Our host with every peer that is there, by both security protocols, dialling and dialled. */
final class InteropTest {
    private static final boolean ALL_DEMANDED = "true".equals(System.getenv("CI"));

    /** js-libp2p has no peer ids of ECDSA keys, neither its own nor others'. */
    private static final String NO_ECDSA = "js";

    private static final Matrix MATRIX = new Matrix();
    private static final List<AutoCloseable> OPENED = new ArrayList<>();

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable opened : OPENED) {
            opened.close();
        }
        MATRIX.write(Path.of("target/interop.md"));
    }

    /** Ours first, then those in the folder of peers, then those named in the environment. */
    private static List<Path> programs() throws IOException {
        List<Path> programs = new ArrayList<>(List.of(Path.of("peer").toAbsolutePath()));
        try (Stream<Path> folders = Files.list(Path.of("peers"))) {
            folders.map(folder -> folder.resolve("peer").toAbsolutePath())
                    .filter(Files::isExecutable)
                    .sorted()
                    .forEach(programs::add);
        }
        for (String named :
                System.getenv().getOrDefault("GGEN_PEERS", "").split(File.pathSeparator, -1)) {
            if (!named.isBlank()) {
                programs.add(Path.of(named).toAbsolutePath());
            }
        }
        return programs;
    }

    private static String name(Path program) {
        String folder = program.getName(program.getNameCount() - 2).toString();
        return folder.equals("interop") ? "ggen" : folder;
    }

    @TestFactory
    @Timeout(900)
    Stream<DynamicNode> everyPeerUnderstandsUs() throws Exception {
        Map<Path, PeerProcess> started = new LinkedHashMap<>();
        for (Path program : programs()) {
            started.put(program, PeerProcess.start(program, KeyType.ED25519));
        }
        OPENED.addAll(started.values());
        List<String> missing = new ArrayList<>();
        List<DynamicNode> tests = new ArrayList<>();
        for (Map.Entry<Path, PeerProcess> entry : started.entrySet()) {
            try {
                String address = entry.getValue().address();
                tests.add(ofPeer(entry.getKey(), entry.getValue(), address));
            } catch (PeerProcess.Unavailable e) {
                missing.add(name(entry.getKey()));
            }
        }
        if (!missing.isEmpty()) {
            System.out.println("interop: left out, not on this machine: " + missing);
        }
        assertThat(ALL_DEMANDED ? missing : List.of()).isEmpty();
        return tests.stream();
    }

    private static DynamicNode ofPeer(Path program, PeerProcess peer, String address) {
        Stream<DynamicNode> ways =
                ways(KeyType.ED25519)
                        .map(way ->
                                ofWay(
                                        program,
                                        new Link(program, peer, address, way),
                                        way,
                                        Scenarios.all()));
        Stream<DynamicNode> keys =
                Stream.of(KeyType.RSA, KeyType.ECDSA, KeyType.SECP256K1)
                        .filter(key -> key != KeyType.ECDSA || !name(program).equals(NO_ECDSA))
                        .map(key ->
                                DynamicContainer.dynamicContainer(key.name(), ofKey(program, key)));
        return DynamicContainer.dynamicContainer(name(program), Stream.concat(ways, keys));
    }

    private static Stream<Way> ways(KeyType key) {
        return Stream.of("tls", "noise")
                .flatMap(security ->
                        Stream.of(new Way(security, true, key), new Way(security, false, key)));
    }

    private static Stream<DynamicNode> ofKey(Path program, KeyType key) {
        PeerProcess peer = PeerProcess.start(program, key);
        OPENED.add(peer);
        try {
            String address = peer.address();
            return ways(key)
                    .map(way ->
                            ofWay(
                                    program,
                                    new Link(program, peer, address, way),
                                    way,
                                    Scenarios.basic()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static DynamicNode ofWay(
            Path program, Link link, Way way, Map<String, Scenario> scenarios) {
        OPENED.add(link);
        String suffix =
                way.key() == KeyType.ED25519
                        ? ""
                        : ", " + way.key().name().toLowerCase(Locale.ROOT) + " keys";
        return DynamicContainer.dynamicContainer(
                way.column(),
                scenarios.entrySet().stream()
                        .map(scenario ->
                                DynamicTest.dynamicTest(
                                        name(program)
                                                + ": "
                                                + scenario.getKey()
                                                + suffix
                                                + ", "
                                                + way.column(),
                                        () ->
                                                run(
                                                        link,
                                                        way,
                                                        scenario.getKey() + suffix,
                                                        scenario.getValue()))));
    }

    private static void run(Link link, Way way, String scenario, Scenario body) throws Exception {
        String peer = name(link.program);
        boolean good = false;
        try {
            body.run(link);
            good = true;
        } finally {
            MATRIX.add(peer, scenario, way.column(), good);
            link.identity().ifPresent(identity -> MATRIX.agent(peer, identity.agent()));
        }
    }
}

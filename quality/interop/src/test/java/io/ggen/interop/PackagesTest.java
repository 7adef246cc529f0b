package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.content.ByteSource;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Packages of our nodes, in the hands of peers that know nothing of packages. */
@Timeout(300)
final class PackagesTest {
    private static final String TABLE = "Packages of a node";
    private static final String KAD = "/ggen/kad/1.0.0";
    private static final Multiaddr ANYWHERE = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
    private static final Matrix MATRIX = new Matrix();
    private static final Peers PEERS = new Peers();

    @TempDir private static Path folder;
    private static int number;

    @AfterAll
    static void end() throws Exception {
        PEERS.close();
        MATRIX.write("packages");
    }

    @TestFactory
    Stream<DynamicTest> anybodyFetchesAPublishedPackageByItsCid() throws Exception {
        P2pNode publisher = node("publisher");
        SamplePackage made = make("shared");
        made.publishIn(publisher.registry());
        Cid root = made.release().content().cid();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path program : programs()) {
            tests.add(
                    MATRIX.test(
                            TABLE,
                            Peers.name(program),
                            "fetches it",
                            () -> fetch(program, publisher, root)));
        }
        tests.add(MATRIX.test(TABLE, "curl", "fetches it", () -> curl(publisher, root)));
        return tests.stream();
    }

    private static void fetch(Path program, P2pNode publisher, Cid root) throws Exception {
        Path empty = Files.createTempDirectory(folder, "empty");
        PeerProcess peer = PEERS.start(program, "--blocks", empty.toString());
        Path car = Files.createTempDirectory(folder, "fetched").resolve("package.car");
        peer.ask("dial " + address(publisher));
        peer.ask("fetch " + root + " " + car);
        assertThat(BlocksTest.verify(car, root).blocks()).isGreaterThan(4);
    }

    private static void curl(P2pNode publisher, Cid root) throws Exception {
        Path car = Files.createTempDirectory(folder, "curl").resolve("package.car");
        String url = publisher.status().gateway().orElseThrow() + "/ipfs/" + root + "?format=car";
        Process curl =
                new ProcessBuilder("curl", "-sS", "-f", "-m", "60", "-o", car.toString(), url)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).as(said).isZero();
        assertThat(BlocksTest.verify(car, root).blocks()).isGreaterThan(4);
    }

    @TestFactory
    Stream<DynamicTest> aNodeInstallsWhatOnlyAPeerHolds() throws Exception {
        P2pNode bootstrap = node("bootstrap");
        return programs().stream()
                .map(program ->
                        MATRIX.test(
                                TABLE,
                                Peers.name(program),
                                "holds it alone, and a node installs it",
                                () -> install(program, bootstrap)));
    }

    private static void install(Path program, P2pNode bootstrap) throws Exception {
        P2pNode publisher = node("leaving", bootstrap);
        SamplePackage made = make("kept-by-" + Peers.name(program));
        made.publishIn(publisher.registry());
        bootstrap.registry().search(Query.of("", 1));
        Cid root = made.release().content().cid();
        Path kept = Files.createTempDirectory(folder, "kept");
        try (PeerProcess fetcher = PeerProcess.start(program, "--blocks", kept.toString())) {
            fetcher.ask("dial " + address(publisher));
            fetcher.ask("fetch " + root + " " + kept.resolve("package.car"));
        }
        P2pNode reader = node("reader", bootstrap);
        Listing listing = listing(reader.registry(), made);
        publisher.close();
        PeerProcess holder = PEERS.start(program, "--blocks", kept.toString(), "--kad", KAD);
        holder.ask("dial " + address(bootstrap));
        awaitProvided(holder, root, bootstrap, made);

        try (InputStream tar = reader.registry().open(listing)) {
            assertThat(Bytes.wrap(tar.readAllBytes())).isEqualTo(made.tar());
        }
    }

    /** A peer has nobody to tell until it knows who speaks Kademlia. */
    private static void awaitProvided(
            PeerProcess holder, Cid root, P2pNode bootstrap, SamplePackage made) throws Exception {
        PackageRef ref = PackageRef.of(made.release().id(), made.envelope().signer());
        long end = System.nanoTime() + 60_000_000_000L;
        boolean known = false;
        while (!known && System.nanoTime() < end) {
            holder.tell("provide " + root.hash().encode().hex());
            known =
                    bootstrap.providers(ref).stream()
                            .anyMatch(it -> it.peerId().equals(holder.id()));
        }
        assertThat(known).isTrue();
    }

    private static Listing listing(Registry registry, SamplePackage made) {
        PackageRef ref = PackageRef.of(made.release().id(), made.envelope().signer());
        return registry.getPackageVersion(ref, made.release().version()).orElseThrow();
    }

    private static List<Path> programs() throws Exception {
        return Peers.taking("--blocks", folder.toString(), "--kad", KAD);
    }

    private static P2pNode node(String name, P2pNode... others) throws IOException {
        List<BootstrapNode> bootstrap = new ArrayList<>();
        for (P2pNode other : others) {
            bootstrap.add(new BootstrapNode(Multiaddr.parse(address(other)), 1, ""));
        }
        Path home = Files.createDirectories(folder.resolve(name + number++));
        NetworkOptions options =
                NetworkOptions.standard()
                        .withoutMdns()
                        .listeningOn(List.of(ANYWHERE))
                        .joining(bootstrap);
        return PEERS.opened(
                P2pNode.start(
                        new NetworkContext(
                                "test",
                                new Home(home),
                                options,
                                InstantSource.system(),
                                Progress.silent(),
                                Passphrases.none()),
                        Standing.HOME));
    }

    private static String address(P2pNode node) {
        return node.status().addresses().getFirst().toString();
    }

    private static SamplePackage make(String id) {
        var random = new SplittableRandom(id.hashCode());
        FileTree tree =
                FileTree.of(
                        List.of(
                                file("a.bin", 2_500_000, random),
                                file("b.bin", 700_000, random),
                                new TreeEntry.Directory("templates"),
                                file("templates/c.tera", 10, random),
                                file("templates/d.tera", 0, random)));
        return TestPublisher.number(number + 1)
                .release(
                        new PackageId(id).text(),
                        "1.0.0",
                        TestPublisher.about(id),
                        List.of(),
                        tree);
    }

    private static TreeEntry file(String path, int size, SplittableRandom random) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return new TreeEntry.RegularFile(path, size, false, ByteSource.of(Bytes.wrap(content)));
    }
}

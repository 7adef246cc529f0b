package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.cli.Terminal.Result;
import io.ggen.marketplace.core.network.FakeNetwork;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.Reputation;
import io.ggen.marketplace.model.PackageId;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The commands about the network, over one in memory. */
class P2pCommandTest {
    private static final String PROPERTY = "ggen.networks";
    private static final String PEER = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final String ADDRESS = "/ip4/192.0.2.1/tcp/4001/p2p/" + PEER;
    private static final String STATUS =
            "running peerId addresses peers routingTable dhtMode lastBootstrap nat catalogue store"
                    + " gateway uptimeSeconds api";

    @TempDir Path directory;
    private Terminal user = new Terminal(Path.of(""));

    @BeforeEach
    void begin() {
        System.setProperty(PROPERTY, FakeNetworks.class.getName());
        user = new Terminal(directory);
    }

    @AfterEach
    void end() {
        System.clearProperty(PROPERTY);
    }

    private Path home() {
        return directory.resolve("home");
    }

    private Result run(String line) {
        return user.run(("m " + line).split(" ", -1));
    }

    private Answer ask(int status, String command, String line) throws IOException {
        Result result =
                run(command.replace('.', ' ') + (line.isEmpty() ? "" : " " + line) + " --json");
        assertThat(result.status()).as(command + result.err() + result.out()).isEqualTo(status);
        return Answer.of(command, "ggen." + command + "/1", result.out());
    }

    private Answer ask(String command, String line) throws IOException {
        return ask(0, command, line);
    }

    private String pack(String name) throws IOException {
        Path pack = Files.createDirectories(directory.resolve(name));
        Files.writeString(
                pack.resolve("package.toml"),
                "[package]\nname = \"%s\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n"
                        .formatted(name));
        Files.writeString(pack.resolve("README.md"), "# " + name + "\n");
        return pack.toString();
    }

    private static PeerInfo peer(Reputation reputation) {
        return new PeerInfo(
                PEER,
                List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001")),
                "ggen/0.1.0",
                List.of("/ipfs/id/1.0.0", "/ipfs/ping/1.0.0", "/meshsub/1.2.0", "/ggen/kad/1.0.0"),
                reputation,
                Optional.of(Duration.ofMillis(12)),
                Optional.of(Instant.parse("2026-01-02T03:04:00Z")));
    }

    @Test
    void withoutANodeStatusSaysSo() throws IOException {
        Answer nobody = ask("p2p.status", "").has(STATUS).is("running", false);
        assertThat(nobody.text("peerId")).isEqualTo("(null)");
        Result result = run("p2p status");
        assertThat(result.out()).contains("no node runs for " + home());
        assertThat(result.err()).contains("p2p start --daemon");
    }

    @Test
    void withOneItSaysHowItIs() throws IOException {
        FakeNetworks.run(home());
        Answer status = ask("p2p.status", "").has(STATUS).is("running", true);
        status.inner("catalogue").has("releases publishers freshness");
        status.inner("store").has("bytes limit");
        assertThat(run("p2p status").out())
                .contains(FakeNetwork.SELF, "nobody else is there", "not exchanged with anybody");
    }

    @Test
    void startRunsInFrontAndSaysWhatToHandToOthers() throws IOException {
        Answer started = ask("p2p.start", "--listen /ip4/127.0.0.1/tcp/0 --dht-mode server");
        started.has(STATUS).is("running", true);
        NetworkOptions options = FakeNetworks.started(home()).options();
        assertThat(options.listen()).containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"));
        assertThat(options.dhtMode()).isEqualTo(NetworkOptions.DhtMode.SERVER);
        Result result = run("p2p start --no-mdns");
        assertThat(result.err())
                .contains(
                        "nobody to join",
                        "ggen m p2p bootstrap --save /ip4/127.0.0.1/tcp/4001/p2p/")
                .contains("the node has ended");
        assertThat(run("p2p start --bootstrap " + ADDRESS).err()).doesNotContain("join");
        assertThat(FakeNetworks.started(home()).options().bootstrap()).hasSize(1);
    }

    @Test
    void startReadsAnotherConfigurationFile() throws IOException {
        Path file = directory.resolve("node.toml");
        Files.writeString(file, "[marketplace.p2p]\nrole = \"bootstrap\"\nmdns = false\n");
        assertThat(run("p2p start --config node.toml").status()).isZero();
        assertThat(FakeNetworks.started(home()).options().role())
                .isEqualTo(NetworkOptions.Role.BOOTSTRAP);
        assertThat(run("p2p start --config nowhere.toml").status()).isEqualTo(2);
    }

    @Test
    void wrongWordsOfStartAreNamed() {
        assertThat(run("p2p start --listen nowhere").err()).contains("`nowhere` is no address");
        assertThat(run("p2p start --dht-mode loud").err()).contains("auto, server or client");
        assertThat(run("p2p start --api 7878").err()).contains("not HOST:PORT");
        assertThat(run("p2p start --bootstrap /ip4/1.2.3.4/tcp/1").err()).contains("/p2p/ID");
    }

    @Test
    void aSecondStartSaysWhoRuns() throws IOException {
        FakeNetworks.run(home());
        Result front = run("p2p start");
        assertThat(front.status()).isEqualTo(75);
        Result background = run("p2p start --daemon");
        assertThat(background.status()).isEqualTo(75);
        assertThat(background.err()).contains("process 4711 at http://127.0.0.1:7878");
    }

    @Test
    void stopEndsTheNodeAndASecondFindsNobody() throws IOException {
        FakeNetworks.run(home());
        ask("p2p.stop", "").is("stopped", true).is("pid", 4711L);
        ask("p2p.stop", "").is("stopped", false);
    }

    @Test
    void peersAreListedInEveryForm() throws IOException {
        FakeNetwork network = FakeNetworks.run(home());
        network.connect(peer(new Reputation(9, 0.5, 0.2, 0.1, 0.1, 0)));
        String fields = "peerId addresses agent protocols reputation latencyMs connectedSince";
        ask("p2p.peer-list", "").each("peers", fields);
        assertThat(run("p2p peer-list").out()).contains(PEER, "0.90", "12 ms", "ggen/0.1.0");
        assertThat(run("p2p peer-list -v").out()).contains("/ip4/192.0.2.1/tcp/4001");
        assertThat(run("p2p peer-list --format json").out()).contains("\"peerId\":\"" + PEER);
        assertThat(run("p2p peer-list --format yaml").out())
                .contains("peers:\n  - peerId: \"" + PEER + "\"\n    addresses:\n      - \"/ip4");
        assertThat(run("p2p peer-list --format xml").status()).isEqualTo(2);
        assertThat(run("p2p peer-list --min-reputation 0.95").out()).doesNotContain(PEER);
        ask("p2p.peer-info", PEER)
                .has(fields)
                .inner("reputationTerms")
                .has("transfers success responseTime packages lastSeen distance");
        assertThat(run("p2p peer-info " + PEER).out()).contains("and 1 more", "success", "0.50");
        assertThat(run("p2p peer-info nobody").status()).isEqualTo(2);
    }

    @Test
    void bansHoldWhileTheNodeRuns() throws IOException {
        FakeNetwork network = FakeNetworks.run(home());
        network.connect(peer(Reputation.unknown()));
        ask("p2p.ban", PEER + " --for 7d").has("peerId until reason").time("until");
        assertThat(network.peers()).isEmpty();
        ask("p2p.unban", PEER).is("removed", true);
        assertThat(run("p2p ban " + PEER + " --for long").status()).isEqualTo(2);
    }

    @Test
    void whatWouldNotOutlastTheCommandNeedsANode() {
        for (String line :
                List.of("ban " + PEER, "unban " + PEER, "pin leaf", "unpin leaf", "gc", "top")) {
            Result result = run("p2p " + line);
            assertThat(result.status()).as(line).isEqualTo(69);
            assertThat(result.err()).contains("would not outlast", "p2p start --daemon");
        }
    }

    @Test
    void bootstrapJoinsAndKeepsTheAddress() throws IOException {
        Answer joined = ask("p2p.bootstrap", "--save " + ADDRESS);
        joined.each("nodes", "address connected detail").is("saved", 1L);
        assertThat(home().resolve("config.toml"))
                .content()
                .contains("[[marketplace.p2p.bootstrap_nodes]]");
        ask("p2p.bootstrap", "--save " + ADDRESS).is("saved", 0L);
        assertThat(run("p2p start").err()).doesNotContain("LAN only");
        Result refused = run("p2p bootstrap /ip4/127.0.0.1/tcp/1/p2p/" + PEER);
        assertThat(refused.status()).isEqualTo(69);
        assertThat(refused.out()).contains("failed");
    }

    @Test
    void publishSaysHowFarItCame() throws IOException {
        FakeNetwork network = FakeNetworks.run(home());
        network.connect(peer(Reputation.unknown()));
        Answer published = ask("p2p.publish", pack("leaf"));
        published.has("id cid recordId created").is("registry", "p2p");
        published.is("storedBy", 1L).is("toldPeers", 1L).is("providers", 0L);
        assertThat(run("p2p publish " + pack("leaf")).out()).contains("record stored by 1 node");
        ask("p2p.search", "leaf").each("results", "id version source reputation providers");
        assertThat(home().resolve("registry")).doesNotExist();
        network.hold(new PackageId("leaf"), PEER);
        ask("p2p.providers", "leaf").each("providers", "peerId addresses");
        ask("p2p.pin", "leaf").has("id version publisher cid sizeBytes since");
        ask("p2p.unpin", "leaf").is("removed", true);
        ask("p2p.gc", "").has("blocks freedBytes");
        Answer top = ask("p2p.top", "");
        top.inner("status").has(STATUS);
        top.inner("activity").has("dhtQueries sentBytes receivedBytes transfers");
    }

    @Test
    void publishWithoutANodeStaysUntilSomebodyHoldsIt() throws IOException {
        Result alone = run("p2p publish " + pack("leaf") + " --timeout 0s");
        assertThat(alone.status()).isEqualTo(69);
        assertThat(alone.err()).contains("nobody serves leaf", "p2p start --daemon");
        Result held = run("p2p publish " + pack("held"));
        assertThat(held.status()).as(held.err()).isZero();
        assertThat(held.out()).contains("held by 1 peer besides this one");
        assertThat(FakeNetworks.of(home())).isEmpty();
    }

    @Test
    void whereANodeRunsPlainCommandsLookIntoTheNetworkToo() throws IOException {
        FakeNetworks.run(home());
        ask("p2p.publish", pack("far"));
        Result near = run("publish " + pack("near"));
        assertThat(near.err()).contains("ggen m p2p publish " + directory.resolve("near"));
        assertThat(ask("search", "far").items("results").getFirst().text("source"))
                .isEqualTo("p2p");
        assertThat(ask("search", "near").items("results").getFirst().text("source"))
                .isEqualTo("file");
        assertThat(run("search far --registry file").out()).isEmpty();
        assertThat(run("search far --offline").out()).isEmpty();
        Files.createDirectories(directory.resolve("project"));
        Result install =
                user.runIn(directory.resolve("project"), "m", "install", "far", "--global");
        assertThat(install.status()).as(install.err()).isZero();
        assertThat(home().resolve("packages/far/README.md")).hasContent("# far");
    }

    @Test
    void othersAreToldOfWhatIsUnpublishedFromTheNetwork() throws IOException {
        FakeNetworks.run(home());
        run("publish " + pack("near"));
        ask("p2p.publish", pack("far"));
        Result far = run("unpublish far@1.0.0 --yes --registry p2p");
        assertThat(far.out()).contains("removed far@1.0.0");
        assertThat(far.err()).contains("they are told not to choose it newly");
        assertThat(run("info far").status()).isEqualTo(1);
        assertThat(run("unpublish near@1.0.0 --yes --registry file").err()).doesNotContain("told");
    }

    @Test
    void mirrorCopiesWhatIsMissing() throws IOException {
        run("publish " + pack("one") + " " + pack("two"));
        assertThat(run("mirror file p2p").status()).isEqualTo(69);
        FakeNetworks.run(home());
        ask("mirror", "file p2p").each("imported", "id version file").empty("rejected");
        ask("mirror", "file p2p").each("unchanged", "id version file").empty("imported");
        ask("mirror", "p2p usb --filter one").each("imported", "id version file");
        assertThat(directory.resolve("usb/one/1.0.0/release.dsse.json")).exists();
        assertThat(directory.resolve("usb/two")).doesNotExist();
        assertThat(run("mirror file file").status()).isEqualTo(2);
    }

    @Test
    void doesWithoutANodeWhatTheFilesAloneCanDo() throws IOException {
        Result near = run("publish " + pack("near"));
        assertThat(near.status()).isZero();
        assertThat(near.err()).doesNotContain("p2p publish");
        assertThat(run("search near").out()).contains("near 1.0.0");
    }
}

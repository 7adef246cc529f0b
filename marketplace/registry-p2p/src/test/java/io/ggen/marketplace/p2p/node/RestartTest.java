package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadOptions;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.SqlitePublicationStore;
import io.ggen.libp2p.kad.Validators;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.PackageId;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a node that is the only one still tells by Kademlia when it has been away. */
final class RestartTest {
    private static final PackageId LEAF = new PackageId("leaf");
    private static final int PUBLISHED = 3;

    @TempDir private Path folder;
    private final TestPublisher alice = TestPublisher.number(1);
    @AutoClose private final TestNodes nodes = new TestNodes(() -> folder);

    @Test
    void aNodeAloneKeepsRecordsProvidersAndScheduleOverARestart() throws Exception {
        SamplePackage leaf = publishAlone();
        assertThat(published()).isEqualTo(PUBLISHED);

        P2pNode after = nodes.start("alone");

        Optional<KadRecord> record =
                asked(after, kad -> kad.get(DhtKeys.release(alice.did(), LEAF), 1).best());
        assertThat(record.map(KadRecord::value)).contains(EnvelopeCodec.encode(leaf.envelope()));
        Cid cid = leaf.release().content().cid();
        List<KadPeer> providers =
                asked(after, kad -> kad.providers(DhtKeys.content(cid), 1).peers());
        assertThat(providers)
                .singleElement()
                .satisfies(it -> assertThat(it.id()).hasToString(after.status().peerId()))
                .satisfies(it -> assertThat(whole(it)).isEqualTo(after.status().addresses()));
    }

    private SamplePackage publishAlone() throws Exception {
        P2pNode before = nodes.start("alone");
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        leaf.publishIn(before.registry());
        long end = System.nanoTime() + 30_000_000_000L;
        while (published() < PUBLISHED && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        before.close();
        return leaf;
    }

    private static List<Multiaddr> whole(KadPeer peer) {
        Multiaddr self = Multiaddr.parse("/p2p/" + peer.id());
        return peer.addresses().stream().map(it -> it.encapsulate(self)).toList();
    }

    private int published() {
        Path file = folder.resolve("alone/p2p/kad.db");
        try (var store = SqlitePublicationStore.open(file)) {
            return store.size();
        }
    }

    private static <T> T asked(P2pNode node, Function<Kad, T> question) {
        var clock = InstantSource.system();
        try (Host host = Host.start(HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock))) {
            var validators = new Validators(Map.of(DhtKeys.NAMESPACE, new ReleaseValidator()));
            try (Kad kad =
                    Kad.attach(
                            host, Identify.attach(host), KadOptions.of(Building.KAD, validators))) {
                host.dial(node.status().addresses().getFirst());
                awaitTable(kad);
                return question.apply(kad);
            }
        }
    }

    private static void awaitTable(Kad kad) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (kad.table().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(kad.table()).hasSize(1);
    }
}

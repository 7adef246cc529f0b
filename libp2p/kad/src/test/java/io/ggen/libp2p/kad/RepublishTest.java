package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.NodeOptions.Mode;
import io.ggen.libp2p.kad.VirtualNetwork.Node;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

final class RepublishTest {
    private static final Bytes VALUE_KEY = Bytes.utf8("/n/key");

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void nothingIsLostInSmallNetworksWhoeverElseLeaves(int count) {
        var network = new VirtualNetwork(Property.seed()).joined(count);
        Node owner = network.nodes.get(count / 2);
        List<Bytes> keys = provideAll(owner, network, 40);
        var record = new KadRecord(VALUE_KEY, Bytes.utf8("value"));
        owner.run(new KadTask.Put(record));
        network.pass(Duration.ofHours(24));
        network.nodes.get(count == 2 ? 0 : count - 1).leave();
        network.pass(Duration.ofHours(26));
        for (Node node : network.nodes) {
            if (node.up && node != owner) {
                for (Bytes key : keys) {
                    assertThat(node.storage.providers().get(key, network.now()))
                            .as("seed %d", Property.seed())
                            .extracting(KadPeer::id)
                            .contains(owner.peer.id());
                }
                assertThat(node.run(new KadTask.Get(VALUE_KEY, 1)).value()).contains(record);
            }
        }
        assertThat(owner.storage.records().get(VALUE_KEY, network.now())).contains(record);
    }

    private static List<Bytes> provideAll(Node owner, VirtualNetwork network, int count) {
        List<Bytes> keys =
                IntStream.range(0, count).mapToObj(i -> Bytes.utf8("content " + i)).toList();
        for (Bytes key : keys) {
            owner.storage.publications().put(new Publication(key, Optional.empty()), network.now());
        }
        return keys;
    }

    @Test
    void manyKeysCostTwoLookupsForEachRegionAndReachTheNearest() {
        var network = new VirtualNetwork(Property.seed()).joined(150);
        Node owner = network.nodes.get(7);
        int before = owner.searched;
        List<Bytes> keys = provideAll(owner, network, 2000);
        network.pass(Duration.ofMinutes(20));
        int lookups = (owner.searched - before) / 20;
        assertThat(lookups).as("of about 20 questions each").isLessThan(60);
        int held = 0;
        int wanted = 0;
        for (Bytes key : keys.subList(0, 100)) {
            var nearest = network.nearest(key, owner);
            wanted += nearest.size();
            held +=
                    (int)
                            network.nodes.stream()
                                    .filter(node -> nearest.contains(node.peer.id()))
                                    .filter(node ->
                                            !node.storage
                                                    .providers()
                                                    .get(key, network.now())
                                                    .isEmpty())
                                    .count();
        }
        assertThat(held)
                .as("of %d, seed %d", wanted, Property.seed())
                .isGreaterThan(wanted * 98 / 100);
        assertThat(owner.storage.publications().due(network.now())).isEmpty();
        assertThat(owner.storage.publications().due(network.now().plus(Republisher.CYCLE)))
                .isPresent();
    }

    @Test
    void whatWasPublishedAloneIsToldWhenSomebodyComes() {
        var network = new VirtualNetwork(1);
        Node alone = network.join(Peers.at(0, "/ip4/10.0.0.1/tcp/1"), Mode.AUTO);
        var record = new KadRecord(VALUE_KEY, Bytes.utf8("value"));
        alone.run(new KadTask.Put(record));
        network.pass(Duration.ofDays(3));
        network.joined(2);
        network.pass(Duration.ofHours(23));
        for (Node node : network.nodes) {
            assertThat(node.storage.records().get(VALUE_KEY, network.now())).contains(record);
        }
    }

    @Test
    void aNodeThatStartsAgainGoesOnWhereItStopped() {
        var network = new VirtualNetwork(1).joined(4);
        Node owner = network.nodes.get(2);
        provideAll(owner, network, 40);
        var again =
                new KadNode(
                        owner.peer.id(),
                        NodeOptions.standard(VirtualNetwork.LONGER_IS_BETTER),
                        owner.storage,
                        new Random(1));
        again.table()
                .answered(Peers.peer(1), Peers.peer(1).addresses().getFirst(), 1, network.now());
        again.tick(network.now());
        assertThat(again.effects())
                .anyMatch(effect ->
                        effect instanceof KadEffect.Send send
                                && send.request() instanceof KadRequest.FindNode find
                                && find.target().utf8().startsWith("content"));
    }
}

package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.kad.NodeOptions.Mode;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.VirtualNetwork.Node;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

final class KadNodeTest {
    private static final Instant START = VirtualNetwork.START;
    private static final Multiaddr PUBLIC = Multiaddr.parse("/ip4/5.6.7.8/tcp/1");
    private static final Multiaddr PRIVATE = Multiaddr.parse("/ip4/10.0.0.9/tcp/1");
    private static final Bytes KEY = Bytes.utf8("/n/key");

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 20, 21, 60})
    void everyNodeFindsTheTrueNearest(int count) {
        var network = new VirtualNetwork(Property.seed()).joined(count);
        for (Node asker : network.nodes.subList(0, Math.min(count, 10))) {
            Bytes key = Bytes.utf8("key of " + asker.peer.id());
            assertThat(ids(asker.run(new KadTask.Closest(key)).nearest()))
                    .as("seed %d", Property.seed())
                    .isEqualTo(network.nearest(key, asker));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 20, 21})
    void whatIsStoredIsFoundByEverybodyWhoeverLeaves(int count) {
        for (int leaving = 0; leaving < count; leaving += Math.max(1, count / 4)) {
            var network = new VirtualNetwork(Property.seed() + leaving).joined(count);
            Node owner = network.nodes.get((leaving + 1) % count);
            assertThat(owner.run(new KadTask.Put(record(1))).holders())
                    .isEqualTo(Math.min(20, count - 1));
            owner.run(new KadTask.Provide(KEY));
            network.nodes.get(leaving).leave();
            for (Node node : network.nodes) {
                if (node.up) {
                    assertThat(node.run(new KadTask.Get(KEY, 3)).value()).contains(record(1));
                    assertThat(node.providers(KEY)).containsExactly(owner.peer.id());
                }
            }
        }
    }

    @Test
    void aNodeAloneKeepsWhatItStores() {
        Node node = new VirtualNetwork(1).join(Peers.peer(0), Mode.AUTO);
        assertThat(node.run(new KadTask.Put(record(1))).holders()).isZero();
        node.run(new KadTask.Provide(KEY));
        assertThat(node.run(new KadTask.Get(KEY, 3)).value()).contains(record(1));
        assertThat(node.providers(KEY)).containsExactly(node.peer.id());
    }

    @Test
    void theBetterValueWinsAndReachesThoseWhoHadTheOther() {
        var network = new VirtualNetwork(1).joined(8);
        network.nodes.forEach(node -> node.storage.records().put(record(1), network.now()));
        network.nodes.get(3).storage.records().put(record(2), network.now());
        Done done = network.nodes.get(1).run(new KadTask.Get(KEY, 100));
        assertThat(done.value()).contains(record(2));
        assertThat(done.holders()).as("valid answers").isEqualTo(7);
        network.pass(Duration.ofSeconds(5));
        assertThat(network.nodes)
                .allSatisfy(node ->
                        assertThat(node.storage.records().get(KEY, network.now()))
                                .contains(record(2)));
    }

    @Test
    void refusesToStoreWhatIsNotValidOrOlderThanWhatItHas() {
        Node node = new VirtualNetwork(1).join(Peers.peer(0), Mode.AUTO);
        node.run(new KadTask.Put(record(2)));
        assertThatThrownBy(() -> node.run(new KadTask.Put(record(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.run(new KadTask.Put(record(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoBringsAnOlderValueLearnsTheBetterOne() {
        KadNode node = node(Mode.SERVER);
        var better = new KadRequest.PutValue(record(2));
        assertThat(node.onRequest(Peers.id(1), better, START).flatMap(KadAnswer::record))
                .contains(record(2));
        var older = new KadRequest.PutValue(record(1));
        assertThat(node.onRequest(Peers.id(1), older, START).flatMap(KadAnswer::record))
                .contains(record(2));
    }

    @Test
    void aValueThatIsNotValidCostsItsSender() {
        assertThatThrownBy(() ->
                        node(Mode.SERVER)
                                .onRequest(Peers.id(1), new KadRequest.PutValue(record(0)), START))
                .isInstanceOf(Libp2pException.class);
    }

    @Test
    void anAnswerNamesNeitherTheAskerNorItself() {
        var network = new VirtualNetwork(1).joined(3);
        Node node = network.nodes.getFirst();
        PeerId asker = network.nodes.get(1).peer.id();
        Optional<KadAnswer> answer =
                node.kad.onRequest(asker, new KadRequest.FindNode(KEY), network.now());
        assertThat(ids(answer.orElseThrow().closer()))
                .containsExactly(network.nodes.get(2).peer.id());
    }

    @Test
    void findsAPeerByItsOwnAnswer() {
        var network = new VirtualNetwork(1).joined(40);
        Node asker = network.nodes.get(7);
        KadPeer wanted = network.nodes.get(30).peer;
        assertThat(asker.run(new KadTask.FindPeer(wanted.id())).nearest()).contains(wanted);
    }

    @Test
    void anOfferedPeerIsAskedBeforeItIsKnown() {
        KadNode node = node(Mode.AUTO);
        node.offer(Peers.peer(1), PRIVATE, START);
        KadEffect.Send send = (KadEffect.Send) node.effects().getFirst();
        assertThat(send.to()).isEqualTo(Peers.peer(1));
        assertThat(node.table().size()).isZero();
        node.onAnswer(send.rpc(), PRIVATE, KadAnswer.of(List.of()), START);
        assertThat(node.table().size()).isOne();
        node.withdraw(Peers.id(1));
        assertThat(node.table().size()).isZero();
    }

    @Test
    void aPeerIsCountedByTheAddressItWasSeenAtWhateverItClaims() {
        KadNode node = node(Mode.AUTO);
        for (int i = 1; i <= 10; i++) {
            node.offer(Peers.at(i, "/ip4/" + (20 + i) + ".1.1.1/tcp/1"), PUBLIC, START);
            answerAll(node, PUBLIC);
        }
        assertThat(node.table().size()).isEqualTo(3);
    }

    @Test
    void servesWhileEverybodyIsNearOrOnceSomebodyCameFromAfar() {
        KadNode node = node(Mode.AUTO);
        assertThat(node.isServer()).as("nobody is known").isTrue();
        node.bootstrap(
                List.of(new BootstrapPeer(Peers.at(1, "/dns4/example.org/tcp/1"), 0)), START);
        assertThat(node.isServer()).as("there is an internet").isFalse();
        assertThat(node.effects()).contains(new KadEffect.ModeChanged(false));
        node.inbound(PRIVATE);
        assertThat(node.isServer()).isFalse();
        node.inbound(PUBLIC);
        assertThat(node.isServer()).isTrue();
        assertThat(node(Mode.CLIENT).isServer()).isFalse();
    }

    @Test
    void bootstrapPeersOfTheNextPriorityAreAskedWhenAllOfTheFirstHaveFailed() {
        KadNode node = node(Mode.AUTO);
        node.bootstrap(
                List.of(
                        new BootstrapPeer(Peers.peer(3), 2),
                        new BootstrapPeer(Peers.peer(1), 1),
                        new BootstrapPeer(Peers.peer(2), 1)),
                START);
        List<KadEffect.Send> first = sends(node);
        assertThat(first)
                .extracting(KadEffect.Send::to)
                .containsExactly(Peers.peer(1), Peers.peer(2));
        node.onFailure(first.get(0).rpc(), START);
        assertThat(sends(node)).isEmpty();
        node.onFailure(first.get(1).rpc(), START);
        List<KadEffect.Send> second = sends(node);
        assertThat(second).extracting(KadEffect.Send::to).containsExactly(Peers.peer(3));
        node.onFailure(second.getFirst().rpc(), START);
        node.tick(START.plusSeconds(299));
        assertThat(sends(node)).isEmpty();
        node.tick(START.plusSeconds(330));
        assertThat(sends(node)).as("again after five minutes").hasSize(2);
    }

    @Test
    void aNetworkThatIsDownCostsNobodyItsPlace() {
        var network = new VirtualNetwork(1).joined(10);
        Node node = network.nodes.getFirst();
        network.nodes.subList(1, 10).forEach(other -> other.up = false);
        network.pass(Duration.ofHours(1));
        assertThat(node.kad.table().closest(Place.of(KEY), 20)).hasSize(9);
        network.nodes.subList(1, 10).forEach(other -> other.up = true);
        assertThat(node.run(new KadTask.Closest(KEY)).nearest()).hasSize(9);
    }

    @Test
    void whoHasLeftIsForgottenAlsoWhenNobodyLooksForIt() {
        var network = new VirtualNetwork(1).joined(10);
        network.nodes.get(4).leave();
        network.pass(Duration.ofMinutes(30));
        assertThat(network.nodes.getFirst().kad.table().contains(network.nodes.get(4).peer.id()))
                .isFalse();
    }

    @Test
    void aTaskEndsThoughNobodyEverReports() {
        KadNode node = node(Mode.AUTO);
        node.offer(Peers.peer(1), PRIVATE, START);
        answerAll(node, PRIVATE);
        long task = node.start(new KadTask.Closest(KEY), START);
        Instant end = START.plusSeconds(61);
        for (Instant now = START; now.isBefore(end); now = node.wakeUp()) {
            node.tick(now);
        }
        assertThat(node.effects())
                .contains(new KadEffect.Found(task, new Done(List.of(), Optional.empty(), 0)));
    }

    @Test
    void theSameInputsGiveTheSameEffects() {
        assertThat(trace(7)).isEqualTo(trace(7));
    }

    private static List<Integer> trace(long seed) {
        var network = new VirtualNetwork(seed).joined(15);
        network.nodes.get(3).leave();
        network.pass(Duration.ofMinutes(20));
        return network.nodes.stream().map(node -> node.asked).toList();
    }

    private static KadNode node(Mode mode) {
        var limits = StoreLimits.standard();
        var validator = VirtualNetwork.LONGER_IS_BETTER;
        var storage =
                new KadStorage(
                        new MemoryRecordStore(validator, limits),
                        new MemoryProviderStore(limits),
                        peer -> List.of());
        return new KadNode(
                Peers.id(0), NodeOptions.standard(validator).in(mode), storage, new Random(1));
    }

    private static void answerAll(KadNode node, Multiaddr from) {
        sends(node)
                .forEach(send -> node.onAnswer(send.rpc(), from, KadAnswer.of(List.of()), START));
    }

    private static List<KadEffect.Send> sends(KadNode node) {
        return node.effects().stream()
                .filter(KadEffect.Send.class::isInstance)
                .map(KadEffect.Send.class::cast)
                .toList();
    }

    private static KadRecord record(int length) {
        return new KadRecord(
                KEY,
                Bytes.utf8(
                        IntStream.range(0, length)
                                .mapToObj(i -> "v")
                                .collect(java.util.stream.Collectors.joining())));
    }

    private static List<PeerId> ids(List<KadPeer> peers) {
        return peers.stream().map(KadPeer::id).toList();
    }
}

package io.ggen.libp2p.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PeerRecord;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

@Timeout(60)
final class GossipTest {
    private static final String TOPIC = "topic";

    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Party> parties = new ArrayList<>();

    /** A host that speaks gossip. */
    private final class Party implements Subscriber {
        final PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final Host host;
        final Gossip gossip;

        Party() {
            host =
                    Host.start(
                            HostOptions.of(key, InstantSource.system())
                                    .over(network.node("n" + parties.size()))
                                    .listening(Multiaddr.parse("/memory/0")));
            gossip = Gossip.attach(host, GossipOptions.standard());
            parties.add(this);
        }

        PeerId id() {
            return host.peerId();
        }

        Party connect(Party other) {
            host.dial(other.id(), other.host.addresses());
            return this;
        }

        Party subscribe() {
            gossip.subscribe(TOPIC, this);
            return this;
        }

        @Override
        public Verdict validate(PeerId from, PeerId author, Bytes data) {
            return data.utf8().startsWith("bad") ? Verdict.REJECT : Verdict.ACCEPT;
        }

        @Override
        public void deliver(PeerId author, Bytes data) {
            heard.add(data.utf8());
        }

        String next() throws InterruptedException {
            String text = heard.poll(20, TimeUnit.SECONDS);
            return text == null ? "nothing" : text;
        }
    }

    @AfterEach
    void stop() {
        parties.forEach(party -> party.gossip.close());
        parties.forEach(party -> party.host.close());
    }

    private static void eventually(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void meshed(Party... all) {
        for (Party party : all) {
            eventually(() -> !party.gossip.mesh(TOPIC).isEmpty());
        }
    }

    @Test
    void aMessageGoesFromPeerToPeer() throws InterruptedException {
        Party one = new Party().subscribe();
        Party two = new Party().subscribe();
        Party three = new Party().subscribe();
        one.connect(two);
        two.connect(three);
        meshed(one, two, three);
        eventually(() -> two.gossip.mesh(TOPIC).size() == 2);
        one.gossip.publish(TOPIC, Bytes.utf8("hello"));
        assertThat(two.next()).isEqualTo("hello");
        assertThat(three.next()).isEqualTo("hello");
        assertThat(one.heard).isEmpty();
    }

    @Test
    void tenPeersHearEverythingOnce() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            Party party = new Party().subscribe();
            for (int j = Math.max(0, i - 3); j < i; j++) {
                party.connect(parties.get(j));
            }
        }
        meshed(parties.toArray(new Party[0]));
        for (Party party : parties) {
            party.gossip.publish(TOPIC, Bytes.utf8("from " + party.id()));
        }
        for (Party party : parties) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                texts.add(party.next());
            }
            assertThat(texts).doesNotHaveDuplicates().doesNotContain("nothing");
        }
    }

    @Test
    void whoIsNotSubscribedCanPublish() throws InterruptedException {
        Party one = new Party();
        Party two = new Party().subscribe();
        one.connect(two);
        eventually(() -> one.gossip.peers().contains(two.id()));
        eventually(() -> {
            one.gossip.publish(TOPIC, Bytes.utf8("hello " + System.nanoTime()));
            return !two.heard.isEmpty();
        });
        assertThat(two.next()).startsWith("hello");
    }

    @Test
    void whatASubscriberRejectsIsNotSentOnAndCostsTheSender() throws InterruptedException {
        Party one = new Party().subscribe();
        Party two = new Party().subscribe();
        Party three = new Party().subscribe();
        one.connect(two);
        two.connect(three);
        meshed(one, two, three);
        eventually(() -> two.gossip.mesh(TOPIC).size() == 2);
        one.gossip.publish(TOPIC, Bytes.utf8("bad"));
        eventually(() -> two.gossip.inspect(one.id()).orElseThrow().score() < -5);
        two.gossip.publish(TOPIC, Bytes.utf8("good"));
        assertThat(three.next()).isEqualTo("good");
    }

    @Test
    void aPeerThatSendsGarbageTenTimesIsKeptAway() {
        Party victim = new Party().subscribe();
        Party hostile = new Party();
        hostile.gossip.close();
        hostile.host.handle(Gossip.PROTOCOL_1_1, stream -> Frames.read(stream, 1 << 20));
        hostile.connect(victim);
        try (Stream stream = hostile.host.open(victim.id(), Gossip.PROTOCOL_1_1)) {
            eventually(() -> victim.gossip.peers().contains(hostile.id()));
            for (int i = 0; i < 10; i++) {
                Frames.write(stream, Bytes.fromHex("0b0c"));
            }
            eventually(() -> victim.host.connections().isEmpty());
        }
    }

    @Test
    void aPeerOfTheOlderProtocolIsServed() {
        Party party = new Party().subscribe();
        Party old = new Party();
        old.gossip.close();
        BlockingQueue<Bytes> frames = new LinkedBlockingQueue<>();
        old.host.handle(
                Gossip.PROTOCOL_1_1, stream -> Frames.read(stream, 1 << 20).ifPresent(frames::add));
        old.connect(party);
        eventually(() -> !frames.isEmpty());
        assertThat(frames).containsExactly(RpcCodec.encode(Rpc.of(new Subscription(true, TOPIC))));
    }

    @Test
    void aForgedMessageIsNotDelivered() throws InterruptedException {
        Party party = new Party().subscribe();
        Party hostile = new Party();
        hostile.gossip.close();
        hostile.host.handle(Gossip.PROTOCOL_1_1, stream -> Frames.read(stream, 1 << 20));
        hostile.connect(party);
        var genuine = StrictSign.sign(hostile.key, 1, TOPIC, Bytes.utf8("genuine"));
        Bytes forged = RpcCodec.encode(Rpc.of(genuine));
        byte[] altered = forged.toArray();
        altered[altered.length - 1] ^= 1;
        try (Stream stream = hostile.host.open(party.id(), Gossip.PROTOCOL_1_1)) {
            Frames.write(stream, Bytes.wrap(altered));
            Frames.write(stream, forged);
            assertThat(party.next()).isEqualTo("genuine");
            assertThat(party.gossip.inspect(hostile.id()).orElseThrow().topics().get(TOPIC))
                    .matches(topic -> topic != null && topic.invalidMessages() > 0.9);
        }
        assertThat(party.heard).isEmpty();
    }

    @Test
    void whoHasClosedItsGossipOpensNoStreams() {
        Party party = new Party().subscribe();
        Party quiet = new Party().subscribe();
        quiet.gossip.close();
        quiet.connect(party);
        eventually(() -> !party.host.connections().isEmpty());
        assertThat(quiet.gossip.peers()).isEmpty();
        assertThat(party.gossip.mesh(TOPIC)).isEmpty();
    }

    @Test
    void aPeerThatGoesAwayLeavesTheMeshAndComesBack() throws InterruptedException {
        Party one = new Party().subscribe();
        Party two = new Party().subscribe();
        one.connect(two);
        meshed(one, two);
        one.host.connections().forEach(connection -> connection.close());
        eventually(() -> one.gossip.peers().isEmpty() && two.gossip.peers().isEmpty());
        assertThat(one.gossip.mesh(TOPIC)).isEmpty();
        one.connect(two);
        meshed(one, two);
        one.gossip.publish(TOPIC, Bytes.utf8("again"));
        assertThat(two.next()).isEqualTo("again");
    }

    @Test
    void refusesMessagesThatOthersWouldNotTake() {
        Party party = new Party();
        Bytes large = Bytes.wrap(new byte[56 << 10]);
        assertThatThrownBy(() -> party.gossip.publish(TOPIC, large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("57344");
    }

    @Test
    void onlyWhatAPeerHasSignedIsOfferedAndDialled() {
        Party knowing = new Party();
        Party offered = new Party();
        Party asking = new Party();
        Identify.attach(knowing.host);
        Identify.attach(offered.host);
        knowing.connect(offered);
        var exchange = new PeerExchange(knowing.host);
        eventually(() -> {
            exchange.identified(offered.id());
            return exchange.record(offered.id()).length() > 0;
        });
        Bytes record = exchange.record(offered.id());
        assertThat(PeerRecord.open(record).addresses()).isEqualTo(offered.host.addresses());
        assertThat(exchange.record(asking.id())).isEqualTo(Bytes.empty());

        var taking = new PeerExchange(asking.host);
        Bytes forged = new PeerRecord(asking.id(), 1, knowing.host.addresses()).seal(asking.key);
        taking.connect(
                List.of(
                        new Control.Candidate(knowing.id().multihash(), Bytes.empty()),
                        new Control.Candidate(knowing.id().multihash(), forged),
                        new Control.Candidate(knowing.id().multihash(), record),
                        new Control.Candidate(offered.id().multihash(), record)));
        eventually(() -> !asking.host.connections().isEmpty());
        assertThat(asking.host.connections())
                .extracting(Connection::remotePeer)
                .containsExactly(offered.id());
        exchange.gone(offered.id());
        assertThat(exchange.record(offered.id())).isEqualTo(Bytes.empty());
    }
}

package io.ggen.simulator.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.gossipsub.GossipOptions;
import io.ggen.libp2p.gossipsub.Subscriber;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadOptions;
import io.ggen.libp2p.kad.KadOptions.BootstrapAddress;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.Validator;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Fifty hosts in one process with Kademlia and gossip as nodes have them, over TCP and TLS. */
@Timeout(180)
final class FiftyHostsTest {
    private static final int HOSTS = 50;
    private static final int AUTHORS = 5;
    private static final int ENOUGH = 20;
    private static final long MOST_HEAP = 20 << 20;
    private static final String TOPIC = "/ggen/packages/v1";

    private final List<Node> nodes = new ArrayList<>();

    /** Takes every record; the greater value is the better one. */
    private static final class Greatest implements Validator {
        @Override
        public boolean isValid(KadRecord record) {
            return true;
        }

        @Override
        public int compare(KadRecord a, KadRecord b) {
            return a.value().compareTo(b.value());
        }
    }

    /** A host with all protocols of the network's ground. */
    private static final class Node implements AutoCloseable, Subscriber {
        final Host host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                                .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        final Set<String> heard = ConcurrentHashMap.newKeySet();
        final Kad kad;
        final Gossip gossip;

        Node(List<BootstrapAddress> doors) {
            Ping.attach(host);
            KadOptions options = KadOptions.of("/ggen/kad/1.0.0", new Greatest());
            kad = Kad.attach(host, Identify.attach(host), options.joining(doors));
            gossip = Gossip.attach(host, GossipOptions.standard());
            gossip.subscribe(TOPIC, this);
        }

        BootstrapAddress door() {
            Multiaddr self = Multiaddr.parse("/p2p/" + host.peerId());
            return new BootstrapAddress(host.addresses().getFirst().encapsulate(self), 0);
        }

        @Override
        public Verdict validate(PeerId from, PeerId author, Bytes data) {
            return Verdict.ACCEPT;
        }

        @Override
        public void deliver(PeerId author, Bytes data) {
            heard.add(data.utf8());
        }

        @Override
        public void close() {
            gossip.close();
            kad.close();
            host.close();
        }
    }

    @AfterEach
    void stop() {
        nodes.reversed().forEach(Node::close);
    }

    private static void eventually(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void allFindWhatAllHaveAndHearWhatAllSay() {
        long before = heap();
        nodes.add(new Node(List.of()));
        List<BootstrapAddress> doors = List.of(nodes.getFirst().door());
        for (int i = 1; i < HOSTS; i++) {
            nodes.add(new Node(doors));
        }
        nodes.forEach(node -> eventually(() -> node.kad.table().size() >= ENOUGH));
        nodes.forEach(node -> eventually(() -> node.gossip.mesh(TOPIC).size() > 1));
        long perNode = (heap() - before) / HOSTS;
        System.out.println("heap of a host, all are connected: " + perNode / 1024 + " KiB");
        assertThat(perNode).isLessThan(MOST_HEAP);
        for (Node author : nodes.subList(0, AUTHORS)) {
            publish(author);
        }
        for (Node author : nodes.subList(0, AUTHORS)) {
            nodes.forEach(node -> finds(node, author));
            nodes.stream()
                    .filter(node -> node != author)
                    .forEach(node -> eventually(() -> node.heard.contains(name(author))));
        }
    }

    private static String name(Node node) {
        return node.host.peerId().toString();
    }

    private static void publish(Node author) {
        Bytes name = Bytes.utf8(name(author));
        assertThat(author.kad.put(Bytes.utf8("/n/" + name(author)), name).holders()).isPositive();
        assertThat(author.kad.provide(name).holders()).isPositive();
        author.gossip.publish(TOPIC, name);
    }

    private static void finds(Node node, Node author) {
        Bytes name = Bytes.utf8(name(author));
        var record = new KadRecord(Bytes.utf8("/n/" + name(author)), name);
        assertThat(node.kad.get(record.key(), 1).best()).contains(record);
        assertThat(node.kad.providers(name, 1).peers())
                .extracting(KadPeer::id)
                .contains(author.host.peerId());
    }
}

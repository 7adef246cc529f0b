package io.ggen.libp2p.gossipsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
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

/** One peer subscribes to 100,000 topics at a host, over TCP, while others use it. */
@Timeout(60)
final class SubscriptionAttackTest {
    private static final String TOPIC = "topic";
    private static final int TOPICS = 100_000;
    private static final int IN_ONE = 100;
    private static final long MOST_HEAP = 8 << 20;
    private static final int MOST_THREADS = 8;

    private final List<Gossip> gossips = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Host victim = host();
    private final Gossip victims = gossip(victim);
    private final Host author = host();
    private final Gossip authors = gossip(author);
    private final Host attacker = host();
    private int serial;

    private Host host() {
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        Host host =
                Host.start(
                        HostOptions.of(key, InstantSource.system())
                                .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
        hosts.add(host);
        return host;
    }

    private Gossip gossip(Host host) {
        Gossip gossip = Gossip.attach(host, GossipOptions.standard());
        gossip.subscribe(TOPIC, new Listener());
        gossips.add(gossip);
        return gossip;
    }

    private final class Listener implements Subscriber {
        @Override
        public Verdict validate(PeerId from, PeerId by, Bytes data) {
            return Verdict.ACCEPT;
        }

        @Override
        public void deliver(PeerId by, Bytes data) {
            heard.add(data.utf8());
        }
    }

    @AfterEach
    void stop() {
        gossips.forEach(Gossip::close);
        hosts.forEach(Host::close);
    }

    private static void eventually(BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void aHundredThousandTopicsInOneRpcAreNotEvenRead() throws InterruptedException {
        underAttack(stream -> {
            Frames.write(stream, RpcCodec.encode(Rpc.of(subscriptions(TOPICS))));
            return true;
        });
    }

    @Test
    void aHundredThousandTopicsInManyRpcsEndTheConnection() throws InterruptedException {
        underAttack(stream -> {
            Frames.write(stream, RpcCodec.encode(Rpc.of(subscriptions(IN_ONE))));
            return serial < TOPICS;
        });
        assertThat(serial).as("topics until nobody listened").isLessThan(TOPICS);
    }

    private Subscription[] subscriptions(int count) {
        Subscription[] some = new Subscription[count];
        for (int i = 0; i < count; i++) {
            some[i] = new Subscription(true, "topic " + serial++);
        }
        return some;
    }

    /** One stroke; returns whether there is another one. */
    @FunctionalInterface
    private interface Stroke {
        boolean strike(Stream stream);
    }

    /** Attacks until the victim ends the connection; then all must be as before. */
    private void underAttack(Stroke stroke) throws InterruptedException {
        author.dial(victim.peerId(), victim.addresses());
        eventually(() -> !victims.mesh(TOPIC).isEmpty() && !authors.mesh(TOPIC).isEmpty());
        attacker.handle(Gossip.PROTOCOL_1_1, stream -> Frames.read(stream, 1 << 20));
        long heap = heap();
        int threads = Thread.activeCount();
        attacker.dial(victim.peerId(), victim.addresses());
        eventually(this::connected);
        for (int i = 0; i < 20 && connected(); i++) {
            attack(stroke);
            authors.publish(TOPIC, Bytes.utf8("message " + i));
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("message " + i);
        }
        eventually(() -> !connected());
        assertThat(heap() - heap).as("bytes of heap more than before").isLessThan(MOST_HEAP);
        assertThat(Thread.activeCount() - threads).as("new threads").isLessThan(MOST_THREADS);
        assertThat(victims.peers()).containsExactly(author.peerId());
        assertThat(victims.inspect(author.peerId()).orElseThrow().score()).isNotNegative();
    }

    private boolean connected() {
        return victim.connections().stream()
                .anyMatch(it -> it.remotePeer().equals(attacker.peerId()));
    }

    private void attack(Stroke stroke) {
        try (Stream stream = attacker.open(victim.peerId(), Gossip.PROTOCOL_1_1)) {
            boolean again = true;
            while (again) {
                again = stroke.strike(stream);
            }
        } catch (Libp2pException e) {
            // the victim has ended the stream or the connection
            assertThat(e.code()).isNotNull();
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.MessageIds;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.RpcLimits;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Many routers in one thread, with virtual time, delays and peers that do not forward. */
final class Swarm {
    static final String TOPIC = "topic";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final List<Node> nodes = new ArrayList<>();
    Instant now = START;
    private final Random random;
    private final Map<PeerId, Node> byId = new HashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long order;

    private record Event(Instant at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One router and what it was told to deliver. */
    final class Node {
        final PrivateKey key;
        final PeerId id;
        final Router router;
        final List<Bytes> delivered = new ArrayList<>();
        final Set<PeerId> links = new LinkedHashSet<>();
        final List<Effect> other = new ArrayList<>();
        boolean forwards = true;
        long seqno;

        Node(int number, RouterOptions options) {
            key = PrivateKey.ofSeed(Sha256.of(Bytes.utf8("node " + number)).bytes());
            id = key.publicKey().peerId();
            var environment =
                    Environment.of(id, MessageIds.byContent(), new Random(random.nextLong()));
            router = new Router(environment, options);
        }

        Bytes publish(String text) {
            Message message = StrictSign.sign(key, seqno++, TOPIC, Bytes.utf8(text));
            perform(this, router.publish(message, now));
            return MessageIds.byContent().of(message);
        }

        void subscribe() {
            perform(this, router.subscribe(TOPIC, now));
        }

        void unsubscribe() {
            perform(this, router.unsubscribe(TOPIC, now));
        }
    }

    Swarm(int size, RouterOptions options, long seed) {
        random = new Random(seed);
        for (int i = 0; i < size; i++) {
            Node node = new Node(i, options);
            nodes.add(node);
            byId.put(node.id, node);
            after(random.nextInt(1_000), () -> heartbeat(node));
        }
    }

    private void after(long millis, Runnable action) {
        events.add(new Event(now.plusMillis(millis), order++, action));
    }

    private void heartbeat(Node node) {
        perform(node, node.router.heartbeat(now));
        after(1_000, () -> heartbeat(node));
    }

    /** Connects every node to the next one and to {@code degree} others at random. */
    void connectAtRandom(int degree) {
        for (int i = 0; i < nodes.size(); i++) {
            connect(nodes.get(i), nodes.get((i + 1) % nodes.size()));
            for (int j = 0; j < degree; j++) {
                connect(nodes.get(i), nodes.get(random.nextInt(nodes.size())));
            }
        }
    }

    void connect(Node dialler, Node listener) {
        if (dialler != listener && dialler.links.add(listener.id)) {
            listener.links.add(dialler.id);
            perform(dialler, dialler.router.connected(listener.id, new Link(true, true, ""), now));
            perform(
                    listener,
                    listener.router.connected(dialler.id, new Link(false, true, ""), now));
        }
    }

    void disconnect(Node one, Node other) {
        if (one.links.remove(other.id)) {
            other.links.remove(one.id);
            perform(one, one.router.disconnected(other.id, now));
            perform(other, other.router.disconnected(one.id, now));
        }
    }

    void run(Duration time) {
        Instant end = now.plus(time);
        while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    private void perform(Node node, List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> {
                    respectsBackoff(node, send);
                    send(node, send);
                }
                case Effect.Validate(Bytes id, Message message, PeerId from) ->
                        after(
                                1,
                                () ->
                                        perform(
                                                node,
                                                node.router.validated(id, Verdict.ACCEPT, now)));
                case Effect.Wait wait ->
                        after(
                                wait.pause().toMillis(),
                                () -> perform(node, node.router.waited(wait.id())));
                case Effect.Deliver deliver -> node.delivered.add(deliver.id());
                case Effect.Exchange exchange -> node.other.add(exchange);
                case Effect.Ban ban -> node.other.add(ban);
            }
        }
    }

    private void respectsBackoff(Node node, Effect.Send send) {
        for (String topic : send.rpc().control().graft()) {
            if (node.router.isBackedOff(topic, send.to(), now)) {
                throw new AssertionError(node.id + " grafts " + send.to() + " too early");
            }
        }
    }

    private void send(Node from, Effect.Send send) {
        Rpc rpc = from.forwards ? send.rpc() : withoutMessages(from, send.rpc());
        if (rpc.isEmpty()) {
            return;
        }
        Node to = Objects.requireNonNull(byId.get(send.to()));
        Bytes wire = RpcCodec.encode(rpc);
        after(delay(from, to), () -> receive(from, to, wire));
    }

    /** A fixed delay for each pair, so that what is sent in order arrives in order. */
    private static long delay(Node from, Node to) {
        return 5L + Math.floorMod(from.id.hashCode() * 31L + to.id.hashCode(), 95);
    }

    private static Rpc withoutMessages(Node node, Rpc rpc) {
        List<Message> own =
                rpc.messages().stream()
                        .filter(message -> message.from().equals(node.id.multihash()))
                        .toList();
        return new Rpc(rpc.subscriptions(), own, rpc.control());
    }

    private void receive(Node from, Node to, Bytes wire) {
        if (to.links.contains(from.id)) {
            Rpc rpc = RpcCodec.decode(wire, RpcLimits.standard());
            perform(to, to.router.received(from.id, rpc, now));
        }
    }
}

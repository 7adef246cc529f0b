package io.ggen.libp2p.bitswap.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.bitswap.serve.Wantlist;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/** Nodes that fetch one content of 100 blocks of 1 MB at the same time, in virtual time. */
final class SwarmTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BLOCKS = 100;
    private static final int SIZE = 1_000_000;

    /** What a link takes: 12.5 MB a second each way, 20 ms to anybody. */
    private static final long BYTES_A_SECOND = 12_500_000;

    private static final Duration LATENCY = Duration.ofMillis(20);

    @Test
    void tenNodesAtOnceTakeAboutOneCopyFromTheOrigin() {
        Property.forAll(
                Gen.longs(),
                10,
                seed -> {
                    var swarm = new Swarm(seed, 10, Duration.ofMillis(100));
                    swarm.run();
                    assertThat(swarm.copies()).isBetween(1.0, 1.5);
                    assertThat(swarm.slowest()).isLessThan(ideal().multipliedBy(7).dividedBy(4));
                });
    }

    @Test
    void nodesThatComeOneAfterTheOtherTakeFewCopiesFromTheOrigin() {
        Property.forAll(
                Gen.longs(),
                10,
                seed -> {
                    var swarm = new Swarm(seed, 10, Duration.ofSeconds(8));
                    swarm.run();
                    assertThat(swarm.copies()).isBetween(1.0, 2.0);
                });
    }

    @Test
    void oneSlowFellowDoesNotSlowTheOthersDown() {
        Property.forAll(
                Gen.longs(),
                10,
                seed -> {
                    var swarm = new Swarm(seed, 10, Duration.ofMillis(100));
                    swarm.nodes.get(1).bytesASecond = BYTES_A_SECOND / 20;
                    swarm.run();
                    assertThat(swarm.copies()).isLessThan(2.0);
                    assertThat(swarm.median()).isLessThan(ideal().multipliedBy(2));
                });
    }

    @Test
    void fellowsThatVanishLeaveNothingUndone() {
        Property.forAll(
                Gen.longs(),
                10,
                seed -> {
                    var swarm = new Swarm(seed, 10, Duration.ofMillis(100));
                    swarm.silenceAt(Duration.ofSeconds(3), 1, 2, 3);
                    swarm.run();
                    assertThat(swarm.copies()).isLessThan(2.5);
                });
    }

    private static Duration ideal() {
        return Duration.ofNanos(BLOCKS * (long) SIZE * 1_000_000_000L / BYTES_A_SECOND);
    }

    private static Cid cid(int i) {
        return Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("block " + i)));
    }

    /** A network in which only the links' speed and length count. */
    private static final class Swarm {
        private final Map<PeerId, Node> byId = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final PriorityQueue<Due> events =
                new PriorityQueue<>((a, b) ->
                        a.at.equals(b.at) ? Long.compare(a.order, b.order) : a.at.compareTo(b.at));
        private Instant now = START;
        private long order;

        private record Due(Instant at, long order, Runnable what) {}

        Swarm(long seed, int fetching, Duration spread) {
            var random = new Random(seed);
            for (int i = 0; i <= fetching; i++) {
                var node = new Node(this, random.nextLong(), i == 0);
                nodes.add(node);
                byId.put(node.id, node);
            }
            for (Node node : nodes.subList(1, nodes.size())) {
                after(Duration.ofNanos(random.nextLong(spread.toNanos())), node::begin);
            }
        }

        void after(Duration wait, Runnable what) {
            events.add(new Due(now.plus(wait), order++, what));
        }

        void silenceAt(Duration when, int... which) {
            after(
                    when,
                    () -> {
                        for (int i : which) {
                            nodes.get(i).silent = true;
                        }
                    });
        }

        void run() {
            while (!nodes.stream().allMatch(Node::isOver)) {
                Due next = events.remove();
                now = next.at;
                assertThat(Duration.between(START, now)).isLessThan(Duration.ofMinutes(5));
                next.what.run();
            }
        }

        Node node(PeerId id) {
            return Objects.requireNonNull(byId.get(id));
        }

        double copies() {
            return nodes.getFirst().sent / (double) (BLOCKS * (long) SIZE);
        }

        Duration slowest() {
            return times().getLast();
        }

        Duration median() {
            return times().get(times().size() / 2);
        }

        private List<Duration> times() {
            return nodes.stream().filter(node -> !node.origin).map(Node::took).sorted().toList();
        }
    }

    /** A node: the session that fetches, a list of what each other wants, and one link. */
    private static final class Node {
        private final Swarm swarm;
        private final boolean origin;
        private final PeerId id;
        private final WantSession session;
        private final Set<Cid> has = new HashSet<>();
        private final Map<PeerId, Wantlist> desks = new LinkedHashMap<>();
        private final Deque<Runnable> outgoing = new ArrayDeque<>();
        private long bytesASecond = BYTES_A_SECOND;
        private boolean sending;
        private boolean silent;
        private boolean begun;
        private long sent;
        private Instant from = START;
        private Instant end = START;

        Node(Swarm swarm, long name, boolean origin) {
            this.swarm = swarm;
            this.origin = origin;
            this.id = new PeerId(Multihash.of(Sha256.of(Bytes.utf8("" + name))).encode());
            this.session = new WantSession(SessionOptions.standard(), id);
            for (int i = 0; origin && i < BLOCKS; i++) {
                has.add(cid(i));
            }
        }

        boolean isOver() {
            return origin || silent || has.size() == BLOCKS;
        }

        Duration took() {
            return Duration.between(from, end);
        }

        void begin() {
            begun = true;
            from = swarm.now;
            List<Missing> all = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                all.add(new Missing(cid(i), SIZE));
            }
            for (Node other : swarm.nodes) {
                if (other != this) {
                    perform(session.join(other.id, swarm.now));
                }
            }
            swarm.after(
                    LATENCY,
                    () -> {
                        perform(session.want(all, swarm.now));
                        swarm.nodes.forEach(other -> greet(other.id));
                    });
            tick();
        }

        /** What leads to the blocks was wanted of all: they know who fetches. */
        private void greet(PeerId other) {
            swarm.after(
                    LATENCY,
                    () -> {
                        Node node = swarm.node(other);
                        node.perform(node.session.fellow(id, swarm.now));
                        if (node.begun && node != this) {
                            swarm.after(LATENCY, () -> perform(session.fellow(other, swarm.now)));
                        }
                    });
        }

        private void tick() {
            if (!isOver()) {
                perform(session.tick(swarm.now));
                swarm.after(Duration.ofMillis(100), this::tick);
            }
        }

        private void perform(List<Effect> effects) {
            for (Effect effect : effects) {
                if (effect instanceof Effect.Ask ask) {
                    Node to = swarm.node(ask.to());
                    swarm.after(LATENCY, () -> to.wanted(id, Message.of(ask.wants())));
                }
            }
        }

        private void wanted(PeerId by, Message message) {
            if (!silent) {
                desks.computeIfAbsent(by, who -> new Wantlist(1024)).apply(message);
                serve();
            }
        }

        /** Says what it has at once; blocks leave one of each in turn, when the link is free. */
        private void serve() {
            int quiet = 0;
            while (outgoing.isEmpty() && quiet < desks.size()) {
                PeerId next = desks.keySet().iterator().next();
                Wantlist wants = Objects.requireNonNull(desks.remove(next));
                desks.put(next, wants);
                quiet = wants.isDue() ? 0 : quiet + 1;
                while (outgoing.isEmpty() && wants.isDue()) {
                    answer(next, wants);
                }
            }
            send();
        }

        private void answer(PeerId to, Wantlist wants) {
            Want want = wants.next().orElseThrow();
            boolean have = has.contains(want.cid());
            if (have) {
                wants.met(want);
            }
            Node other = swarm.node(to);
            if (have && want.kind() == Want.Kind.BLOCK) {
                outgoing.add(() -> other.block(id, want.cid()));
            } else {
                swarm.after(LATENCY, () -> other.presence(id, want.cid(), have));
            }
        }

        private void send() {
            if (sending || outgoing.isEmpty()) {
                return;
            }
            sending = true;
            Runnable next = outgoing.remove();
            sent += SIZE;
            swarm.after(
                    Duration.ofNanos(SIZE * 1_000_000_000L / bytesASecond),
                    () -> {
                        sending = false;
                        if (!silent) {
                            swarm.after(LATENCY, next);
                            serve();
                        }
                    });
        }

        private void presence(PeerId by, Cid cid, boolean have) {
            perform(session.presence(by, cid, have, swarm.now));
        }

        private void block(PeerId by, Cid cid) {
            if (silent) {
                return;
            }
            boolean isNew = has.add(cid);
            end = isNew ? swarm.now : end;
            perform(session.block(by, cid, swarm.now));
            for (Wantlist desk : desks.values()) {
                desk.arrived(cid);
            }
            serve();
        }
    }
}

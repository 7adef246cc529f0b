package io.ggen.libp2p.bitswap.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

final class WantSessionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final WantSession session = new WantSession(SessionOptions.standard(), peer(99));

    private static PeerId peer(int i) {
        return new PeerId(Multihash.of(Sha256.of(Bytes.utf8("peer " + i))).encode());
    }

    private static Cid cid(int i) {
        return Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("block " + i)));
    }

    private static List<Missing> blocks(int from, int to, long size) {
        List<Missing> blocks = new ArrayList<>();
        for (int i = from; i < to; i++) {
            blocks.add(new Missing(cid(i), size));
        }
        return blocks;
    }

    private static Map<PeerId, List<Want>> asks(List<Effect> effects) {
        Map<PeerId, List<Want>> asks = new HashMap<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Ask ask) {
                asks.computeIfAbsent(ask.to(), to -> new ArrayList<>()).addAll(ask.wants());
            }
        }
        return asks;
    }

    private static List<Want> to(List<Effect> effects, int peer) {
        return asks(effects).getOrDefault(peer(peer), List.of());
    }

    @Test
    void smallBlocksAreAskedForAllAtOnce() {
        session.join(peer(1), START);
        assertThat(to(session.want(blocks(0, 200, 100), START), 1)).hasSize(200);
    }

    @Test
    void largeBlocksFillAWindow() {
        session.join(peer(1), START);
        assertThat(to(session.want(blocks(0, 100, 1 << 20), START), 1)).hasSize(8);
        assertThat(to(session.block(peer(1), cid(0), START), 1))
                .containsExactly(Want.block(cid(8)));
    }

    @Test
    void providersShareBlocksEvenly() {
        for (int i = 0; i < 4; i++) {
            session.join(peer(i), START);
        }
        Map<PeerId, List<Want>> asks = asks(session.want(blocks(0, 100, 1000), START));
        assertThat(asks.values()).allMatch(wants -> wants.size() == 25);
    }

    @Test
    void aBlockThatOneLacksIsAskedOfAnother() {
        session.join(peer(1), START);
        session.want(blocks(0, 1, 10), START);
        session.join(peer(2), START);
        List<Effect> effects = session.presence(peer(1), cid(0), false, START);
        assertThat(to(effects, 2)).containsExactly(Want.block(cid(0)));
        assertThat(session.hopeless()).isEmpty();
        session.presence(peer(2), cid(0), false, START);
        assertThat(session.hopeless()).containsExactly(cid(0));
        assertThat(to(session.presence(peer(1), cid(0), true, START), 1))
                .containsExactly(Want.block(cid(0)));
    }

    @Test
    void onePartialProviderIsAskedWhatItHas() {
        session.join(peer(1), START);
        session.want(blocks(0, 1, 10), START);
        session.presence(peer(1), cid(0), false, START);
        assertThat(to(session.want(blocks(1, 3, 10), START), 1))
                .containsExactly(Want.have(cid(1)), Want.have(cid(2)));
        assertThat(to(session.presence(peer(1), cid(1), true, START), 1))
                .containsExactly(Want.block(cid(1)));
    }

    @Test
    void aSilentProviderLeavesAndItsBlocksAreAskedOfOthers() {
        session.join(peer(1), START);
        session.want(blocks(0, 3, 1 << 20), START);
        session.join(peer(2), START);
        List<Effect> effects = session.tick(START.plusSeconds(10));
        assertThat(effects).contains(new Effect.Stalled(peer(1)));
        assertThat(to(effects, 2)).contains(Want.block(cid(0)), Want.block(cid(1)));
        assertThat(session.providers()).containsExactly(peer(2));
    }

    @Test
    void aLateBlockIsAskedOfAnIdleProviderOnce() {
        session.join(peer(1), START);
        session.want(blocks(0, 1, 10), START);
        session.join(peer(2), START);
        session.join(peer(3), START);
        assertThat(asks(session.tick(START.plusMillis(400)))).isEmpty();
        assertThat(asks(session.tick(START.plusMillis(600)))).hasSize(1);
        assertThat(asks(session.tick(START.plusMillis(1200)))).isEmpty();
        List<Effect> cancelled = session.block(peer(2), cid(0), START.plusMillis(1300));
        assertThat(to(cancelled, 1)).containsExactly(Want.cancel(cid(0)));
    }

    @Test
    void everythingOpenIsAskedAgainEachMinute() {
        session.join(peer(1), START);
        session.want(blocks(0, 1, 10), START);
        session.tick(START);
        for (int i = 1; i < 20; i++) {
            session.heard(peer(1), START.plusSeconds(i));
        }
        session.heard(peer(1), START.plusSeconds(59));
        assertThat(to(session.tick(START.plusSeconds(60)), 1)).contains(Want.block(cid(0)));
    }

    @Test
    void whatIsTakenBackIsCancelled() {
        session.join(peer(1), START);
        session.want(blocks(0, 2, 10), START);
        assertThat(to(session.stop(), 1))
                .containsExactlyInAnyOrder(Want.cancel(cid(0)), Want.cancel(cid(1)));
        assertThat(session.isDone()).isTrue();
    }

    /**
     * Providers that have a random part each, answer or stay silent, leave and come: as long as one
     * good provider has everything, everything comes, and nothing is asked twice of one.
     */
    @Test
    void everythingComesFromWhoeverHasIt() {
        Property.forAll(Gen.longs(), 60, seed -> new Network(seed).run());
    }

    private static final class Network {
        private final WantSession session = new WantSession(SessionOptions.standard(), peer(99));
        private final Random random;
        private final Map<PeerId, Set<Cid>> holdings = new HashMap<>();
        private final Map<PeerId, Deque<Want>> inboxes = new HashMap<>();
        private Instant now = START;

        Network(long seed) {
            random = new Random(seed);
        }

        void run() {
            int blocks = 1 + random.nextInt(300);
            for (int i = 0; i < 5; i++) {
                Set<Cid> has = new HashSet<>();
                for (int j = 0; j < blocks; j++) {
                    if (i == 0 || random.nextInt(5) < i) {
                        has.add(cid(j));
                    }
                }
                holdings.put(peer(i), has);
                inboxes.put(peer(i), new ArrayDeque<>());
                post(session.join(peer(i), now));
            }
            post(session.want(blocks(0, blocks, 1 + random.nextInt(1 << 20)), now));
            PeerId silent = peer(1 + random.nextInt(4));
            for (int step = 0; step < 5_000 && !session.isDone(); step++) {
                now = now.plusMillis(random.nextInt(20));
                inboxes.keySet().stream().filter(it -> !it.equals(silent)).forEach(this::answer);
                post(session.tick(now));
                if (step == 50) {
                    post(session.leave(peer(2), now));
                }
            }
            assertThat(session.isDone()).isTrue();
        }

        private void post(List<Effect> effects) {
            asks(effects).forEach((peer, wants) -> inbox(peer).addAll(wants));
        }

        private Deque<Want> inbox(PeerId peer) {
            return inboxes.computeIfAbsent(peer, who -> new ArrayDeque<>());
        }

        private void answer(PeerId peer) {
            Want want = inbox(peer).poll();
            if (want == null || want.kind() == Want.Kind.CANCEL) {
                return;
            }
            boolean has = holdings.getOrDefault(peer, Set.of()).contains(want.cid());
            if (want.kind() == Want.Kind.HAVE || !has) {
                post(session.presence(peer, want.cid(), has, now));
            } else {
                post(session.block(peer, want.cid(), now));
            }
        }
    }
}

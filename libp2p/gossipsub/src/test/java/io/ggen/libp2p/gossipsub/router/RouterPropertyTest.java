package io.ggen.libp2p.gossipsub.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What holds whatever peers send, in whatever order. */
final class RouterPropertyTest {
    private static final int PEERS = 20;
    private static final List<Message> MESSAGES =
            IntStream.range(0, 60)
                    .mapToObj(i -> Desk.message(i % 30, "m" + i + "x".repeat(i * 30)))
                    .toList();

    /** Peers that send anything at all to one router. */
    private static final class Chaos {
        private final Random random;
        private final Desk desk = Desk.standard().subscribed();
        private final Set<Bytes> delivered = new HashSet<>();
        private final List<Effect.Validate> open = new ArrayList<>();
        private final List<Bytes> waiting = new ArrayList<>();

        Chaos(long seed) {
            random = new Random(seed);
        }

        void step() {
            int peer = random.nextInt(PEERS);
            boolean outbound = peer % 3 == 0;
            switch (random.nextInt(10)) {
                case 0 -> {
                    Link link = outbound ? Desk.OUTBOUND : Desk.INBOUND;
                    check(desk.router.connected(Desk.peer(peer), link, desk.now));
                    check(desk.receive(peer, Rpc.of(new Subscription(true, Desk.TOPIC))));
                }
                case 1 -> check(desk.router.disconnected(Desk.peer(peer), desk.now));
                case 2 -> judge();
                case 3 -> heartbeat();
                case 4 -> toggle();
                case 5 -> goOn();
                default -> check(desk.receive(peer, anything()));
            }
        }

        private void toggle() {
            if (random.nextInt(10) == 0) {
                check(desk.router.unsubscribe(Desk.TOPIC, desk.now));
            }
            check(desk.router.subscribe(Desk.TOPIC, desk.now));
        }

        private void judge() {
            if (!open.isEmpty()) {
                Effect.Validate one = open.remove(random.nextInt(open.size()));
                Verdict verdict = Gen.of(Verdict.values()).next(random);
                check(desk.router.validated(one.id(), verdict, desk.now));
            }
        }

        private void goOn() {
            if (!waiting.isEmpty()) {
                check(desk.router.waited(waiting.remove(random.nextInt(waiting.size()))));
            }
        }

        private void heartbeat() {
            check(desk.pass(Duration.ofSeconds(1)));
            assertThat(desk.router.mesh(Desk.TOPIC)).hasSizeLessThanOrEqualTo(14);
            assertThat(desk.router.peers()).containsAll(desk.router.mesh(Desk.TOPIC));
        }

        private Rpc anything() {
            List<Bytes> ids = MESSAGES.stream().map(Desk::id).toList();
            int from = random.nextInt(ids.size());
            List<Bytes> some = ids.subList(from, Math.min(ids.size(), from + random.nextInt(20)));
            String topic = random.nextInt(4) == 0 ? "other" : Desk.TOPIC;
            var candidate = new Control.Candidate(ids.get(from), ids.get(from));
            var backoff = Duration.ofSeconds(random.nextInt(100));
            var control =
                    new Control(
                            maybe(new Control.Have(topic, some)),
                            random.nextBoolean() ? some : List.of(),
                            maybe(topic),
                            maybe(new Control.Prune(topic, List.of(candidate), backoff)),
                            random.nextInt(9) == 0 ? some : List.of());
            return new Rpc(
                    maybe(new Subscription(random.nextInt(4) > 0, topic)),
                    maybe(MESSAGES.get(from)),
                    control);
        }

        private <T> List<T> maybe(T value) {
            return random.nextInt(3) == 0 ? List.of(value) : List.of();
        }

        private void check(List<Effect> effects) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Send send -> check(send);
                    case Effect.Validate validate -> open.add(validate);
                    case Effect.Wait wait -> waiting.add(wait.id());
                    case Effect.Deliver deliver ->
                            assertThat(delivered.add(deliver.id())).as("delivered once").isTrue();
                    case Effect.Exchange exchange ->
                            assertThat(desk.router.inspect(exchange.from()).orElseThrow().score())
                                    .isGreaterThanOrEqualTo(10);
                    case Effect.Ban ban -> assertThat(ban.until()).isAfter(desk.now);
                }
            }
        }

        private void check(Effect.Send send) {
            assertThat(send.rpc().isEmpty()).isFalse();
            assertThat(RpcCodec.encode(send.rpc()).length()).isLessThanOrEqualTo(56 << 10);
            for (String topic : send.rpc().control().graft()) {
                assertThat(desk.router.isBackedOff(topic, send.to(), desk.now)).isFalse();
                assertThat(desk.router.inspect(send.to()).orElseThrow().score())
                        .isGreaterThanOrEqualTo(0);
            }
        }
    }

    @Test
    void nothingIsDeliveredTwiceMeshesKeepTheirBoundsAndBackoffsAreRespected() {
        Property.forAll(
                random -> random.nextLong(),
                60,
                seed -> {
                    var chaos = new Chaos(seed);
                    for (int i = 0; i < 300; i++) {
                        chaos.step();
                    }
                });
    }
}

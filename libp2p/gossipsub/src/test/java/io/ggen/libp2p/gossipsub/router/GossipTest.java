package io.ggen.libp2p.gossipsub.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

final class GossipTest {
    private static final Message MESSAGE = Desk.message(50, "hello");
    private static final Bytes ID = Desk.id(MESSAGE);

    /** A mesh of six and {@code others} peers outside of it, numbered from 6. */
    private static Desk surrounded(int others) {
        Desk desk = Desk.standard().subscribed().subscribers(0, 6, Desk.INBOUND);
        for (int i = 0; i < 6; i++) {
            desk.graft(i);
        }
        return desk.subscribers(6, 6 + others, Desk.INBOUND);
    }

    private static List<Effect> offers(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .filter(effect -> !((Effect.Send) effect).rpc().control().have().isEmpty())
                .toList();
    }

    @Test
    void messagesAreOfferedToSomePeersOutsideOfTheMeshForThreeHeartbeats() {
        Desk desk = surrounded(10);
        desk.accept(0, MESSAGE);
        for (int heartbeat = 0; heartbeat < 3; heartbeat++) {
            List<Effect> effects = desk.pass(Duration.ofSeconds(1));
            assertThat(offers(effects)).hasSize(6);
            for (int i = 0; i < 6; i++) {
                assertThat(Desk.sentTo(i, effects)).isEmpty();
            }
        }
        assertThat(offers(desk.pass(Duration.ofSeconds(5)))).isEmpty();
    }

    @Test
    void aQuarterOfManyPeersHearsOfAMessage() {
        Desk desk = surrounded(60);
        desk.accept(0, MESSAGE);
        assertThat(offers(desk.pass(Duration.ofSeconds(1)))).hasSize(15);
    }

    @Test
    void anOfferIsAskedForOnceItIsNotKnown() {
        Desk desk = surrounded(2);
        assertThat(Desk.sentTo(6, desk.have(6, List.of(ID))))
                .flatExtracting(rpc -> rpc.control().want())
                .containsExactly(ID);
        desk.accept(0, MESSAGE);
        assertThat(desk.have(7, List.of(ID))).isEmpty();
    }

    @Test
    void whatIsAskedForIsSentThreeTimesToAPeer() {
        Desk desk = surrounded(2);
        desk.accept(0, MESSAGE);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            effects.addAll(desk.want(6, List.of(ID, ID, ID)));
        }
        assertThat(Desk.receiversOf(MESSAGE, effects)).hasSize(3);
        assertThat(Desk.receiversOf(MESSAGE, desk.want(7, List.of(ID)))).hasSize(1);
        desk.pass(Duration.ofSeconds(5));
        assertThat(desk.want(8, List.of(ID))).isEmpty();
    }

    @Test
    void noMoreThanFiveThousandIdsAndTenRpcsAreReadInAHeartbeat() {
        Desk desk = surrounded(2);
        List<Bytes> ids = IntStream.range(0, 4_000).mapToObj(i -> Bytes.utf8("id" + i)).toList();
        List<Bytes> more =
                IntStream.range(4_000, 8_000).mapToObj(i -> Bytes.utf8("id" + i)).toList();
        assertThat(asked(6, desk.have(6, ids))).isEqualTo(4_000);
        assertThat(asked(6, desk.have(6, more))).isEqualTo(1_000);
        assertThat(asked(6, desk.have(6, more))).isZero();
        for (int i = 0; i < 10; i++) {
            assertThat(asked(7, desk.have(7, List.of(ids.get(i))))).isOne();
        }
        assertThat(asked(7, desk.have(7, List.of(ID)))).isZero();
        desk.pass(Duration.ofSeconds(1));
        assertThat(asked(7, desk.have(7, List.of(ID)))).isOne();
    }

    private static long asked(int peer, List<Effect> effects) {
        return Desk.sentTo(peer, effects).mapToLong(rpc -> rpc.control().want().size()).sum();
    }

    @Test
    void whoDoesNotKeepItsPromisesIsPunished() {
        Desk desk = surrounded(1);
        for (int i = 0; i < 5; i++) {
            desk.have(6, List.of(Bytes.utf8("never " + i)));
        }
        desk.pass(Duration.ofSeconds(3));
        assertThat(desk.score(6)).isZero();
        desk.pass(Duration.ofSeconds(1));
        assertThat(desk.score(6)).isNegative();
    }

    @Test
    void aPromiseIsKeptWhoeverBringsTheMessageAndHoweverLongItsValidationTakes() {
        Desk desk = surrounded(1);
        for (int i = 0; i < 5; i++) {
            Message message = Desk.message(50, "message " + i);
            desk.have(6, List.of(Desk.id(message)));
            desk.receive(0, Rpc.of(message));
        }
        desk.pass(Duration.ofSeconds(10));
        assertThat(desk.score(6)).isZero();
    }

    @Test
    void whoHasABadScoreNeitherHearsNorIsHeard() {
        Desk desk = surrounded(6);
        desk.router.rate(Desk.peer(6), -41);
        desk.accept(0, MESSAGE);
        assertThat(Desk.sentTo(6, desk.pass(Duration.ofSeconds(1)))).isEmpty();
        assertThat(desk.want(6, List.of(ID))).isEmpty();
        assertThat(desk.have(6, List.of(Bytes.utf8("other")))).isEmpty();
    }

    @Test
    void offersOfTopicsThatAreNotSubscribedAreNotAskedFor() {
        Desk desk = surrounded(1);
        var have = new Control.Have("other", List.of(ID));
        assertThat(desk.receive(6, Desk.control(List.of(have), List.of(), List.of(), List.of())))
                .isEmpty();
    }
}

package io.ggen.libp2p.gossipsub.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.key.PeerId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

final class RelayTest {
    private static final String TOPIC = Desk.TOPIC;
    private static final Message MESSAGE = Desk.message(50, "hello");
    private static final Bytes ID = Desk.id(MESSAGE);

    private static Desk mesh(int peers) {
        Desk desk = Desk.standard().subscribed().subscribers(0, peers, Desk.INBOUND);
        for (int i = 0; i < peers; i++) {
            desk.graft(i);
        }
        return desk;
    }

    @Test
    void nothingIsDeliveredOrSentOnBeforeItWasValidated() {
        Desk desk = mesh(3);
        assertThat(desk.receive(0, Rpc.of(MESSAGE)))
                .containsExactly(new Effect.Validate(ID, MESSAGE, Desk.peer(0)));
        List<Effect> effects = desk.router.validated(ID, Verdict.ACCEPT, desk.now);
        assertThat(effects).contains(new Effect.Deliver(ID, MESSAGE, Desk.peer(0)));
        assertThat(Desk.receiversOf(MESSAGE, effects))
                .containsExactlyInAnyOrder(Desk.peer(1), Desk.peer(2));
    }

    @Test
    void whoHasSentAMessageMeanwhileDoesNotGetIt() {
        Desk desk = mesh(3);
        desk.receive(0, Rpc.of(MESSAGE));
        assertThat(desk.receive(1, Rpc.of(MESSAGE))).isEmpty();
        List<Effect> effects = desk.router.validated(ID, Verdict.ACCEPT, desk.now);
        assertThat(Desk.receiversOf(MESSAGE, effects)).containsExactly(Desk.peer(2));
        assertThat(desk.receive(2, Rpc.of(MESSAGE))).isEmpty();
    }

    @Test
    void theAuthorDoesNotGetItsOwnMessageBack() {
        Desk desk = mesh(3);
        Message ofPeerTwo = Desk.message(2, "mine");
        assertThat(Desk.receiversOf(ofPeerTwo, desk.accept(0, ofPeerTwo)))
                .containsExactly(Desk.peer(1));
    }

    @Test
    void aRejectedMessageIsNotSentOnAndCostsEverybodyWhoSendsIt() {
        Desk desk = mesh(3);
        desk.receive(0, Rpc.of(MESSAGE));
        desk.receive(1, Rpc.of(MESSAGE));
        assertThat(desk.router.validated(ID, Verdict.REJECT, desk.now)).isEmpty();
        assertThat(desk.receive(2, Rpc.of(MESSAGE))).isEmpty();
        assertThat(List.of(desk.score(0), desk.score(1), desk.score(2)))
                .containsExactly(-10.0, -10.0, -10.0);
    }

    @Test
    void anIgnoredMessageIsNotSentOnAndCostsNobody() {
        Desk desk = mesh(2);
        desk.receive(0, Rpc.of(MESSAGE));
        assertThat(desk.router.validated(ID, Verdict.IGNORE, desk.now)).isEmpty();
        assertThat(desk.receive(1, Rpc.of(MESSAGE))).isEmpty();
        assertThat(desk.score(0)).isZero();
    }

    @Test
    void aForgedCopyDoesNotKeepTheGenuineMessageOut() {
        Desk desk = mesh(3);
        Message forged = StrictSign.sign(Desk.key(60), 9, TOPIC, MESSAGE.data());
        desk.receive(0, Rpc.of(forged));
        assertThat(desk.receive(1, Rpc.of(MESSAGE))).isEmpty();
        assertThat(desk.router.validated(ID, Verdict.FORGED, desk.now))
                .containsExactly(new Effect.Validate(ID, MESSAGE, Desk.peer(1)));
        assertThat(desk.router.validated(ID, Verdict.ACCEPT, desk.now))
                .contains(new Effect.Deliver(ID, MESSAGE, Desk.peer(1)));
        assertThat(desk.score(0)).isEqualTo(-10);
        assertThat(desk.score(1)).isPositive();
    }

    @Test
    void afterAForgedCopyAloneTheGenuineOneIsStillTaken() {
        Desk desk = mesh(2);
        desk.receive(0, Rpc.of(StrictSign.sign(Desk.key(60), 9, TOPIC, MESSAGE.data())));
        desk.router.validated(ID, Verdict.FORGED, desk.now);
        assertThat(desk.receive(1, Rpc.of(MESSAGE)))
                .containsExactly(new Effect.Validate(ID, MESSAGE, Desk.peer(1)));
    }

    @Test
    void aMessageIsNotDeliveredAgainWithinTwoMinutes() {
        Desk desk = mesh(2);
        desk.accept(0, MESSAGE);
        desk.pass(Duration.ofSeconds(119));
        assertThat(desk.receive(1, Rpc.of(MESSAGE))).isEmpty();
    }

    @Test
    void messagesOfTopicsThatNobodyHereWantsAreNotEvenValidated() {
        Desk desk = Desk.standard().subscribers(0, 1, Desk.INBOUND);
        assertThat(desk.receive(0, Rpc.of(MESSAGE))).isEmpty();
    }

    @Test
    void ownMessagesGoToEverySubscriberButThoseOfABadScore() {
        Desk desk = Desk.standard().subscribers(0, 20, Desk.INBOUND).subscribed();
        desk.router.rate(Desk.peer(3), -81);
        Message own = StrictSign.sign(desk.self, 1, TOPIC, Bytes.utf8("x"));
        List<Effect> effects = desk.router.publish(own, desk.now);
        assertThat(Desk.receiversOf(own, effects).contains(Desk.peer(3)))
                .isEqualTo(desk.router.mesh(TOPIC).contains(Desk.peer(3)));
        assertThat(Desk.receiversOf(own, effects)).hasSizeGreaterThanOrEqualTo(19);
        assertThat(desk.router.publish(own, desk.now)).isEmpty();
        assertThat(desk.receive(0, Rpc.of(own))).isEmpty();
    }

    @Test
    void withoutFloodPublishingAnUnsubscribedTopicHasAFanout() {
        Desk desk = new Desk(RouterOptions.standard().withoutFloodPublish());
        desk.subscribers(0, 20, Desk.INBOUND);
        Message first = StrictSign.sign(desk.self, 1, TOPIC, Bytes.utf8("1"));
        Message second = StrictSign.sign(desk.self, 2, TOPIC, Bytes.utf8("2"));
        var fanout = Desk.receiversOf(first, desk.router.publish(first, desk.now));
        assertThat(fanout).hasSize(6);
        assertThat(Desk.receiversOf(second, desk.router.publish(second, desk.now)))
                .containsExactlyInAnyOrderElementsOf(fanout);
        desk.router.subscribe(TOPIC, desk.now);
        assertThat(desk.router.mesh(TOPIC)).containsExactlyInAnyOrderElementsOf(fanout);
    }

    @Test
    void largeMessagesAreAnnouncedAsNotWantedToPeersThatReadIt() {
        Desk desk = mesh(2);
        desk.subscribers(2, 3, new Link(false, false, ""));
        desk.graft(2);
        Message large = Desk.message(50, "x".repeat(1_000));
        List<Effect> effects = desk.receive(0, Rpc.of(large));
        assertThat(Desk.sentTo(1, effects))
                .flatExtracting(rpc -> rpc.control().dontWant())
                .containsExactly(Desk.id(large));
        assertThat(Desk.sentTo(0, effects)).isEmpty();
        assertThat(Desk.sentTo(2, effects)).isEmpty();
    }

    @Test
    void aLargeMessageGoesToTwoAtOnceAndAfterAPauseToThoseThatStillWantIt() {
        Desk desk = mesh(6);
        Message large = Desk.message(50, "x".repeat(1_000));
        List<Effect> effects = desk.accept(0, large);
        Set<PeerId> first = Set.copyOf(Desk.receiversOf(large, effects));
        assertThat(first).hasSize(2);
        assertThat(effects).contains(new Effect.Wait(Desk.id(large), Duration.ofMillis(200)));
        List<Integer> rest =
                IntStream.range(1, 6).boxed().filter(i -> !first.contains(Desk.peer(i))).toList();
        desk.receive(rest.getFirst(), Rpc.of(dontWant(large)));
        desk.receive(rest.get(1), Rpc.of(large));
        assertThat(Desk.receiversOf(large, desk.router.waited(Desk.id(large))))
                .containsExactly(Desk.peer(rest.get(2)));
        assertThat(desk.router.waited(Desk.id(large))).isEmpty();
    }

    @Test
    void whoCannotRefuseALargeMessageGetsItAtOnce() {
        Desk desk = new Desk(RouterOptions.standard()).subscribed();
        desk.subscribers(0, 6, new Link(false, false, ""));
        IntStream.range(0, 6).forEach(desk::graft);
        Message large = Desk.message(50, "x".repeat(1_000));
        assertThat(Desk.receiversOf(large, desk.accept(0, large))).hasSize(5);
    }

    private static Control dontWant(Message message) {
        return new Control(List.of(), List.of(), List.of(), List.of(), List.of(Desk.id(message)));
    }

    @Test
    void whatAPeerDoesNotWantIsNotSentForThreeHeartbeats() {
        Desk desk = mesh(3);
        var control = new Control(List.of(), List.of(), List.of(), List.of(), List.of(ID));
        desk.receive(1, Rpc.of(control));
        assertThat(Desk.receiversOf(MESSAGE, desk.accept(0, MESSAGE)))
                .containsExactly(Desk.peer(2));
    }

    @Test
    void noMoreMessagesAreValidatedAtATimeThanTheQueueHolds() {
        Desk desk = mesh(9);
        List<Effect> effects = new ArrayList<>();
        for (int peer = 0; peer < 9; peer++) {
            int from = peer;
            IntStream.range(0, 300)
                    .mapToObj(i -> unsigned(from + " " + i))
                    .forEach(message -> effects.addAll(desk.receive(from, Rpc.of(message))));
        }
        assertThat(effects.stream().filter(Effect.Validate.class::isInstance)).hasSize(1_024);
    }

    private static Message unsigned(String text) {
        return StrictSign.sign(Desk.key(70), 1, TOPIC, Bytes.utf8(text));
    }

    @Test
    void aFloodIsCutAtAThousandMessagesASecondAndBannedAfterTenViolations() {
        Desk desk = mesh(1);
        Message[] flood = new Message[1_001];
        Arrays.fill(flood, MESSAGE);
        List<Effect> effects = new ArrayList<>();
        for (int second = 0; second < 10; second++) {
            desk.now = desk.now.plusSeconds(1);
            effects.addAll(desk.receive(0, Rpc.of(flood)));
        }
        assertThat(effects)
                .filteredOn(Effect.Ban.class::isInstance)
                .containsExactly(new Effect.Ban(Desk.peer(0), desk.now.plus(Duration.ofHours(1))));
        desk.router.disconnected(Desk.peer(0), desk.now);
        assertThat(desk.router.connected(Desk.peer(0), Desk.INBOUND, desk.now))
                .hasOnlyElementsOfType(Effect.Ban.class);
        desk.pass(Duration.ofHours(1));
        assertThat(desk.router.connected(Desk.peer(0), Desk.INBOUND, desk.now))
                .doesNotHaveAnyElementsOfTypes(Effect.Ban.class);
    }

    @Test
    void subscriptionsBeyondAHundredAreViolations() {
        Desk desk = mesh(1);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 110; i++) {
            effects.addAll(desk.receive(0, Rpc.of(new Subscription(true, "t" + i))));
        }
        assertThat(effects).hasAtLeastOneElementOfType(Effect.Ban.class);
    }

    @Test
    void malformedRpcsAreViolationsThatSurviveReconnecting() {
        Desk desk = mesh(1);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            effects.addAll(desk.router.malformed(Desk.peer(0), desk.now));
            desk.router.disconnected(Desk.peer(0), desk.now);
            desk.router.connected(Desk.peer(0), Desk.INBOUND, desk.now);
        }
        assertThat(effects).hasAtLeastOneElementOfType(Effect.Ban.class);
    }

    @Test
    void malformedRpcsAreViolationsAlsoWhileTheStreamToThePeerIsGone() {
        Desk desk = mesh(1);
        desk.router.disconnected(Desk.peer(0), desk.now);
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            effects.addAll(desk.router.malformed(Desk.peer(0), desk.now));
        }
        assertThat(effects).hasAtLeastOneElementOfType(Effect.Ban.class);
    }

    @Test
    void whatAGraylistedPeerSendsIsDroppedUnread() {
        Desk desk = mesh(2);
        desk.router.rate(Desk.peer(0), -161);
        assertThat(desk.receive(0, Rpc.of(MESSAGE))).isEmpty();
        assertThat(desk.graft(0)).isEmpty();
    }
}

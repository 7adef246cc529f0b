package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.MessageIds;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One router, whose peers are played by the test. */
final class Desk {
    static final String TOPIC = "topic";
    static final Link INBOUND = new Link(false, true, "");
    static final Link OUTBOUND = new Link(true, true, "");

    final Router router;
    final PrivateKey self = key(-1);
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Desk(RouterOptions options) {
        PeerId id = self.publicKey().peerId();
        router = new Router(Environment.of(id, MessageIds.byContent(), new Random(1)), options);
    }

    static Desk standard() {
        return new Desk(RouterOptions.standard());
    }

    static PrivateKey key(int number) {
        return PrivateKey.ofSeed(Sha256.of(Bytes.utf8("peer " + number)).bytes());
    }

    static PeerId peer(int number) {
        return key(number).publicKey().peerId();
    }

    static Message message(int author, String text) {
        return StrictSign.sign(key(author), 1, TOPIC, Bytes.utf8(text));
    }

    static Bytes id(Message message) {
        return MessageIds.byContent().of(message);
    }

    /** Connects the peers {@code from} to {@code to} - 1, who subscribe to the topic. */
    Desk subscribers(int from, int to, Link link) {
        for (int i = from; i < to; i++) {
            router.connected(peer(i), link, now);
            receive(i, Rpc.of(new Subscription(true, TOPIC)));
        }
        return this;
    }

    Desk subscribed() {
        router.subscribe(TOPIC, now);
        return this;
    }

    List<Effect> receive(int from, Rpc rpc) {
        return router.received(peer(from), rpc, now);
    }

    List<Effect> graft(int from) {
        return receive(from, control(List.of(), List.of(), List.of(TOPIC), List.of()));
    }

    List<Effect> prune(int from, Duration backoff, Control.Candidate... candidates) {
        var prune = new Control.Prune(TOPIC, List.of(candidates), backoff);
        return receive(from, control(List.of(), List.of(), List.of(), List.of(prune)));
    }

    List<Effect> have(int from, List<Bytes> ids) {
        var have = new Control.Have(TOPIC, ids);
        return receive(from, control(List.of(have), List.of(), List.of(), List.of()));
    }

    List<Effect> want(int from, List<Bytes> ids) {
        return receive(from, control(List.of(), ids, List.of(), List.of()));
    }

    static Rpc control(
            List<Control.Have> have,
            List<Bytes> want,
            List<String> graft,
            List<Control.Prune> prune) {
        return Rpc.of(new Control(have, want, graft, prune, List.of()));
    }

    /** Lets a message come in and be accepted; returns the effects of the acceptance. */
    List<Effect> accept(int from, Message message) {
        receive(from, Rpc.of(message));
        return router.validated(id(message), Verdict.ACCEPT, now);
    }

    /** Passes {@code time}, with the heartbeats that fall into it. */
    List<Effect> pass(Duration time) {
        List<Effect> effects = new ArrayList<>();
        for (long i = 0; i < time.toSeconds(); i++) {
            now = now.plusSeconds(1);
            effects.addAll(router.heartbeat(now));
        }
        return effects;
    }

    static Stream<Rpc> sentTo(int peer, List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .filter(send -> send.to().equals(peer(peer)))
                .map(Effect.Send::rpc);
    }

    static List<Control.Prune> prunes(int peer, List<Effect> effects) {
        return sentTo(peer, effects).flatMap(rpc -> rpc.control().prune().stream()).toList();
    }

    static List<PeerId> grafted(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .filter(send -> send.rpc().control().graft().contains(TOPIC))
                .map(Effect.Send::to)
                .toList();
    }

    static List<PeerId> receiversOf(Message message, List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .filter(send -> send.rpc().messages().contains(message))
                .map(Effect.Send::to)
                .toList();
    }

    double score(int peer) {
        return router.inspect(peer(peer)).orElseThrow().score();
    }
}

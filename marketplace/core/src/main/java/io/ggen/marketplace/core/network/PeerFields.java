package io.ggen.marketplace.core.network;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;

/** Peers, as {@link Fields} and back. */
public final class PeerFields {
    private PeerFields() {}

    /** Returns the fields of a peer, with the terms of its reputation. */
    public static Fields of(PeerInfo peer) {
        Reputation terms = peer.reputation();
        return brief(peer)
                .put(
                        "reputationTerms",
                        new Fields()
                                .put("transfers", terms.transfers())
                                .put("success", terms.success())
                                .put("responseTime", terms.responseTime())
                                .put("packages", terms.packages())
                                .put("lastSeen", terms.lastSeen())
                                .put("distance", terms.distance()));
    }

    /** Returns the fields of a peer in a list. */
    public static Fields brief(PeerInfo peer) {
        Fields fields =
                new Fields()
                        .put("peerId", peer.peerId())
                        .texts("addresses", peer.addresses())
                        .put("agent", peer.agent())
                        .texts("protocols", peer.protocols())
                        .put("reputation", peer.reputation().score());
        if (peer.latency().isPresent()) {
            fields.put("latencyMs", peer.latency().get().toNanos() / 1e6);
        } else {
            fields.nothing("latencyMs");
        }
        return fields.put("connectedSince", peer.connectedSince());
    }

    /** Reads a peer with the terms of its reputation. */
    public static PeerInfo peer(Fields fields) {
        Fields terms = fields.object("reputationTerms");
        return new PeerInfo(
                fields.text("peerId"),
                NodeFields.addresses(fields),
                fields.text("agent"),
                fields.texts("protocols"),
                new Reputation(
                        terms.whole("transfers"),
                        terms.number("success"),
                        terms.number("responseTime"),
                        terms.number("packages"),
                        terms.number("lastSeen"),
                        terms.number("distance")),
                fields.optionalNumber("latencyMs").stream()
                        .mapToObj(ms -> Duration.ofNanos(Math.round(ms * 1e6)))
                        .findFirst(),
                fields.optionalTime("connectedSince"));
    }

    /** Returns the fields of a provider. */
    public static Fields of(ProviderInfo provider) {
        return new Fields()
                .put("peerId", provider.peerId())
                .texts("addresses", provider.addresses());
    }

    /** Reads a provider. */
    public static ProviderInfo provider(Fields fields) {
        return new ProviderInfo(fields.text("peerId"), NodeFields.addresses(fields));
    }

    /** Returns the fields of a ban. */
    public static Fields of(BannedPeer ban) {
        return new Fields()
                .put("peerId", ban.peerId())
                .put("until", ban.until().toString())
                .put("reason", ban.reason());
    }

    /** Reads a ban. */
    public static BannedPeer ban(Fields fields) {
        return new BannedPeer(fields.text("peerId"), fields.time("until"), fields.text("reason"));
    }

    /** Returns the fields of what came of joining. */
    public static Fields of(BootstrapOutcome outcome) {
        return new Fields()
                .list(
                        "nodes",
                        outcome.attempts(),
                        one ->
                                new Fields()
                                        .put("address", one.address().toString())
                                        .put("connected", one.connected())
                                        .put("detail", one.detail()))
                .put("peers", outcome.peers());
    }

    /** Reads what came of joining. */
    public static BootstrapOutcome bootstrap(Fields fields) {
        return new BootstrapOutcome(
                fields.list(
                        "nodes",
                        one ->
                                new BootstrapOutcome.Attempt(
                                        Multiaddr.parse(one.text("address")),
                                        one.flag("connected"),
                                        one.text("detail"))),
                fields.count("peers"));
    }
}

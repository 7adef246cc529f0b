package io.ggen.marketplace.core.network;

import io.ggen.base.ByteSize;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a node is, as {@link Fields} and back. */
public final class NodeFields {
    private NodeFields() {}

    /** Returns the fields of a status. */
    public static Fields of(NodeStatus status) {
        return new Fields()
                .put("running", status.running())
                .put("peerId", status.peerId())
                .texts("addresses", status.addresses())
                .put("peers", status.peers())
                .put("routingTable", status.routingTable())
                .put("dhtMode", status.dhtMode())
                .put("connectivity", status.connectivity())
                .put("lastBootstrap", status.lastBootstrap())
                .put("nat", status.nat())
                .put(
                        "catalogue",
                        new Fields()
                                .put("releases", status.catalogue().releases())
                                .put("publishers", status.catalogue().publishers())
                                .put("freshness", status.catalogue().freshness()))
                .put(
                        "store",
                        new Fields()
                                .put("bytes", status.store().bytes())
                                .put("limit", status.store().limit()))
                .put("gateway", status.gateway())
                .put("uptimeSeconds", status.uptime().toSeconds())
                .put("api", status.api())
                .put("limits", of(status.limits()));
    }

    private static Fields of(NetworkLimits limits) {
        Fields fields = new Fields().put("storeBytes", limits.store().bytes());
        limit(fields, "uploadBytesPerSecond", limits.upload());
        limit(fields, "downloadBytesPerSecond", limits.download());
        return fields.put("connections", limits.connections())
                .put("catalogueRecords", limits.catalogueRecords())
                .put("catalogueBytes", limits.catalogueBytes().bytes());
    }

    private static void limit(Fields fields, String name, Optional<ByteSize> limit) {
        if (limit.isPresent()) {
            fields.put(name, limit.get().bytes());
        } else {
            fields.nothing(name);
        }
    }

    /** Reads a status. */
    public static NodeStatus status(Fields fields) {
        Fields catalogue = fields.object("catalogue");
        Fields store = fields.object("store");
        return new NodeStatus(
                fields.flag("running"),
                fields.text("peerId"),
                addresses(fields),
                fields.count("peers"),
                fields.count("routingTable"),
                fields.text("dhtMode"),
                fields.text("connectivity"),
                fields.optionalTime("lastBootstrap"),
                fields.text("nat"),
                new NodeStatus.CatalogueState(
                        catalogue.whole("releases"),
                        catalogue.whole("publishers"),
                        catalogue.optionalTime("freshness")),
                new NodeStatus.StoreState(store.whole("bytes"), store.whole("limit")),
                fields.optionalText("gateway"),
                Duration.ofSeconds(fields.whole("uptimeSeconds")),
                fields.optionalText("api"),
                limits(fields.object("limits")));
    }

    static List<Multiaddr> addresses(Fields fields) {
        return fields.texts("addresses").stream().map(Multiaddr::parse).toList();
    }

    private static NetworkLimits limits(Fields fields) {
        return new NetworkLimits(
                new ByteSize(fields.whole("storeBytes")),
                limit(fields, "uploadBytesPerSecond"),
                limit(fields, "downloadBytesPerSecond"),
                fields.count("connections"),
                fields.whole("catalogueRecords"),
                new ByteSize(fields.whole("catalogueBytes")));
    }

    private static Optional<ByteSize> limit(Fields fields, String name) {
        return fields.has(name) ? Optional.of(new ByteSize(fields.whole(name))) : Optional.empty();
    }

    /** Returns the fields of what a node has done. */
    public static Fields of(NodeActivity activity) {
        return new Fields()
                .put("dhtQueries", activity.dhtQueries())
                .put("dhtStores", activity.dhtStores())
                .put("gossipReceived", activity.gossipReceived())
                .put("gossipRejected", activity.gossipRejected())
                .put("cacheHits", activity.cacheHits())
                .put("cacheMisses", activity.cacheMisses())
                .put("refused", activity.refused())
                .put("sentBytes", activity.sentBytes())
                .put("receivedBytes", activity.receivedBytes())
                .list(
                        "transfers",
                        activity.transfers(),
                        one ->
                                new Fields()
                                        .put("peerId", one.peerId())
                                        .put("content", one.content())
                                        .put("inbound", one.inbound())
                                        .put("bytes", one.bytes()));
    }

    /** Reads what a node has done. */
    public static NodeActivity activity(Fields fields) {
        return new NodeActivity(
                fields.whole("dhtQueries"),
                fields.whole("dhtStores"),
                fields.whole("gossipReceived"),
                fields.whole("gossipRejected"),
                fields.whole("cacheHits"),
                fields.whole("cacheMisses"),
                fields.whole("refused"),
                fields.whole("sentBytes"),
                fields.whole("receivedBytes"),
                fields.list(
                        "transfers",
                        one ->
                                new NodeActivity.Transfer(
                                        one.text("peerId"),
                                        one.text("content"),
                                        one.flag("inbound"),
                                        one.whole("bytes"))));
    }
}

package io.ggen.marketplace.core.network;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;

import java.time.Duration;

/** What a node keeps and what happens at it, as {@link Fields} and back. */
public final class ContentFields {
    private ContentFields() {}

    /** Returns the fields of a pin. */
    public static Fields of(PinnedPackage pin) {
        return new Fields()
                .put("id", pin.id().text())
                .put("version", pin.version().toString())
                .put("publisher", pin.publisher().text())
                .put("cid", pin.cid().toString())
                .put("sizeBytes", pin.sizeBytes())
                .put("since", pin.since().toString());
    }

    /** Reads a pin. */
    public static PinnedPackage pin(Fields fields) {
        return new PinnedPackage(
                new PackageId(fields.text("id")),
                Version.parse(fields.text("version")),
                new Did(fields.text("publisher")),
                Cid.parse(fields.text("cid")),
                fields.whole("sizeBytes"),
                fields.time("since"));
    }

    /** Returns the fields of what was freed. */
    public static Fields of(Collected collected) {
        return new Fields()
                .put("blocks", collected.blocks())
                .put("freedBytes", collected.freedBytes());
    }

    /** Reads what was freed. */
    public static Collected collected(Fields fields) {
        return new Collected(fields.whole("blocks"), fields.whole("freedBytes"));
    }

    /** Returns the fields of how far a release has come. */
    public static Fields of(Spread spread) {
        return new Fields()
                .put("storedBy", spread.storedBy())
                .put("toldPeers", spread.toldPeers())
                .put("providers", spread.providers());
    }

    /** Reads how far a release has come. */
    public static Spread spread(Fields fields) {
        return new Spread(
                fields.count("storedBy"), fields.count("toldPeers"), fields.count("providers"));
    }

    /** Returns the fields of an event. */
    public static Fields of(NetworkEvent event) {
        Fields fields =
                new Fields()
                        .put("event", event.getClass().getSimpleName())
                        .put("at", event.at().toString());
        return switch (event) {
            case NetworkEvent.PeerConnected it ->
                    fields.put("peerId", it.peerId()).put("address", it.address());
            case NetworkEvent.PeerDisconnected it -> fields.put("peerId", it.peerId());
            case NetworkEvent.PackageAnnounced it ->
                    fields.put("id", it.id().text())
                            .put("version", it.version().toString())
                            .put("publisher", it.publisher().text())
                            .put("peerId", it.peerId());
            case NetworkEvent.DhtQueryComplete it ->
                    fields.put("key", it.key())
                            .put("found", it.found())
                            .put("tookMs", ms(it.took()));
            case NetworkEvent.DhtStoreComplete it ->
                    fields.put("key", it.key())
                            .put("storedBy", it.storedBy())
                            .put("tookMs", ms(it.took()));
            case NetworkEvent.GossipReceived it ->
                    fields.put("topic", it.topic())
                            .put("peerId", it.peerId())
                            .put("bytes", it.bytes());
        };
    }

    private static long ms(Duration duration) {
        return duration.toMillis();
    }

    /** Reads an event; IllegalArgumentException for one that this version does not know. */
    public static NetworkEvent event(Fields fields) {
        var at = fields.time("at");
        return switch (fields.text("event")) {
            case "PeerConnected" ->
                    new NetworkEvent.PeerConnected(
                            at, fields.text("peerId"), fields.text("address"));
            case "PeerDisconnected" -> new NetworkEvent.PeerDisconnected(at, fields.text("peerId"));
            case "PackageAnnounced" ->
                    new NetworkEvent.PackageAnnounced(
                            at,
                            new PackageId(fields.text("id")),
                            Version.parse(fields.text("version")),
                            new Did(fields.text("publisher")),
                            fields.text("peerId"));
            case "DhtQueryComplete" ->
                    new NetworkEvent.DhtQueryComplete(
                            at, fields.text("key"), fields.count("found"), took(fields));
            case "DhtStoreComplete" ->
                    new NetworkEvent.DhtStoreComplete(
                            at, fields.text("key"), fields.count("storedBy"), took(fields));
            case "GossipReceived" ->
                    new NetworkEvent.GossipReceived(
                            at, fields.text("topic"), fields.text("peerId"), fields.count("bytes"));
            default -> throw new IllegalArgumentException("no event: " + fields.text("event"));
        };
    }

    private static Duration took(Fields fields) {
        return Duration.ofMillis(fields.whole("tookMs"));
    }
}

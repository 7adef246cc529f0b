package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** How a node is, for people. */
final class StatusView {
    private StatusView() {}

    /** Returns the fields of a home without a running node: all that there are, without values. */
    static Fields nobody() {
        Fields none =
                new Fields().put("running", false).nothing("peerId").texts("addresses", List.of());
        for (String name :
                List.of(
                        "peers",
                        "routingTable",
                        "dhtMode",
                        "connectivity",
                        "lastBootstrap",
                        "nat",
                        "catalogue",
                        "store",
                        "gateway",
                        "uptimeSeconds",
                        "api",
                        "limits")) {
            none.nothing(name);
        }
        return none;
    }

    static void print(Text text, NodeStatus status, InstantSource clock) {
        NetworkAnswer.row(text, "peer id", status.peerId());
        for (Multiaddr address : status.addresses()) {
            NetworkAnswer.row(text, "address", address.toString());
        }
        String peers =
                status.peers()
                        + " connected, "
                        + status.routingTable()
                        + " in the routing table, "
                        + connectivity(status);
        NetworkAnswer.row(text, "peers", peers);
        NetworkAnswer.row(text, "dht", status.dhtMode());
        NetworkAnswer.row(
                text,
                "last bootstrap",
                status.lastBootstrap().map(at -> ago(at, clock)).orElse("never"));
        NetworkAnswer.row(text, "nat", status.nat());
        NetworkAnswer.row(text, "catalogue", catalogue(status, clock));
        NetworkAnswer.row(
                text,
                "store",
                new ByteSize(status.store().bytes())
                        + " of at most "
                        + new ByteSize(status.store().limit()));
        NetworkAnswer.row(text, "gateway", status.gateway().orElse(""));
        NetworkAnswer.row(text, "api", status.api().orElse(""));
        NetworkAnswer.row(text, "limits", limits(status));
        NetworkAnswer.row(text, "up for", shown(status.uptime()));
    }

    private static String connectivity(NodeStatus status) {
        return switch (status.connectivity()) {
            case "limited" -> "limited connectivity";
            case "alone" -> "nobody else is there";
            default -> "connectivity is " + status.connectivity();
        };
    }

    private static String catalogue(NodeStatus status, InstantSource clock) {
        return Text.count(status.catalogue().releases(), "release")
                + " of "
                + Text.count(status.catalogue().publishers(), "publisher")
                + ", "
                + status.catalogue()
                        .freshness()
                        .map(at -> "exchanged " + ago(at, clock))
                        .orElse("not exchanged with anybody yet");
    }

    private static String limits(NodeStatus status) {
        return Text.count(status.limits().connections(), "connection")
                + status.limits().upload().map(rate -> ", up " + rate + "/s").orElse("")
                + status.limits().download().map(rate -> ", down " + rate + "/s").orElse("");
    }

    static String ago(Instant at, InstantSource clock) {
        return shown(Duration.between(at, clock.instant())) + " ago";
    }

    /** Returns a duration in its largest unit. */
    static String shown(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}

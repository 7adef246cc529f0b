package io.ggen.cli;

import io.ggen.marketplace.core.network.PeerInfo;

import java.util.List;

/** Peers in columns. */
final class PeerTable {
    private PeerTable() {}

    static void print(Text text, List<PeerInfo> peers, boolean verbose) {
        int width = 7;
        for (PeerInfo peer : peers) {
            width = Math.max(width, peer.peerId().length());
        }
        text.column("PEER", width + 2).column("REPUTATION", 12).column("LATENCY", 9);
        text.add("PROGRAM").line();
        for (PeerInfo peer : peers) {
            text.column(peer.peerId(), width + 2).column(reputation(peer), 12);
            text.column(peer.latency().map(it -> it.toMillis() + " ms").orElse("-"), 9);
            text.add(Escape.oneLine(peer.agent(), 40)).line();
            if (verbose) {
                peer.addresses().forEach(address -> text.dim("  " + address).line());
            }
        }
    }

    static String reputation(PeerInfo peer) {
        return peer.reputation().score().isPresent()
                ? number(peer.reputation().score().getAsDouble())
                : "unknown";
    }

    /** Returns a number of 0 to 1 with two digits. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        return hundredths / 100 + "." + hundredths % 100 / 10 + hundredths % 10;
    }
}

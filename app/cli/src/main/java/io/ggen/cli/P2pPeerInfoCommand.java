package io.ggen.cli;

import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.Reputation;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.multiformats.Multiaddr;

import java.util.List;

/** Shows one peer with the terms of its reputation. */
final class P2pPeerInfoCommand implements Command {
    private static final Option FULL = Option.flag("--full", "all addresses and protocols");
    private static final int FEW = 3;

    @Override
    public Usage usage() {
        return new Usage(
                "PEER",
                1,
                List.of(FULL),
                "The reputation is a sum; each of its terms is shown. It is unknown before five\n"
                        + "transfers.",
                List.of(
                        new Usage.Example("p2p peer-info 12D3KooWExample", "at a glance"),
                        new Usage.Example("p2p peer-info 12D3KooWExample --full", "everything")));
    }

    @Override
    public int run(Call call) {
        String peerId = call.words().getFirst();
        PeerInfo peer =
                call.session()
                        .network()
                        .peer(peerId)
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.NETWORK,
                                        "nothing is known of the peer " + peerId,
                                        "`ggen m p2p peer-list` shows the connected ones"));
        return NetworkAnswer.show(call, PeerFields.of(peer), text -> print(text, call, peer));
    }

    private static void print(Text text, Call call, PeerInfo peer) {
        int most = call.has(FULL.name()) ? Integer.MAX_VALUE : FEW;
        NetworkAnswer.row(text, "peer id", peer.peerId());
        NetworkAnswer.row(text, "program", peer.agent());
        for (Multiaddr address : peer.addresses().stream().limit(most).toList()) {
            NetworkAnswer.row(text, "address", address.toString());
        }
        List<String> protocols = peer.protocols().stream().limit(most).toList();
        NetworkAnswer.row(text, "protocols", String.join(", ", protocols) + more(peer, most));
        NetworkAnswer.row(
                text, "latency", peer.latency().map(it -> it.toMillis() + " ms").orElse(""));
        NetworkAnswer.row(
                text,
                "connected",
                peer.connectedSince()
                        .map(at -> StatusView.ago(at, call.around().clock()))
                        .orElse("not now"));
        Reputation terms = peer.reputation();
        NetworkAnswer.row(text, "reputation", PeerTable.reputation(peer));
        term(text, "success", terms.success());
        term(text, "response time", terms.responseTime());
        term(text, "packages", terms.packages());
        term(text, "last seen", terms.lastSeen());
        term(text, "distance", terms.distance());
        NetworkAnswer.row(text, "transfers", Long.toString(terms.transfers()));
    }

    private static String more(PeerInfo peer, int most) {
        int hidden = peer.protocols().size() - most;
        return hidden > 0 ? ", and " + hidden + " more" : "";
    }

    private static void term(Text text, String name, double value) {
        NetworkAnswer.row(text, "  " + name, PeerTable.number(value));
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;

import java.util.List;

/** Lets the running node accept a peer again. */
final class P2pUnbanCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "PEER",
                1,
                List.of(),
                "",
                List.of(new Usage.Example("p2p unban 12D3KooWExample", "accept it again")));
    }

    @Override
    public int run(Call call) {
        NetworkAnswer.needsNode(call);
        String peerId = call.words().getFirst();
        boolean removed = call.session().network().unban(peerId);
        return NetworkAnswer.show(
                call,
                new Fields().put("peerId", peerId).put("removed", removed),
                text -> text.add(removed ? "unbanned " : "was not banned: ").add(peerId).line());
    }
}

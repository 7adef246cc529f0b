package io.ggen.cli;

import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.core.network.PeerFields;

import java.time.Duration;
import java.util.List;

/** Lets the running node refuse a peer. */
final class P2pBanCommand implements Command {
    private static final Option FOR = Option.value("--for", "TIME", "how long (1h)");

    @Override
    public Usage usage() {
        return new Usage(
                "PEER",
                1,
                List.of(FOR),
                "Its connections end, and it is neither dialled nor accepted until the time is over.",
                List.of(
                        new Usage.Example("p2p ban 12D3KooWExample", "for an hour"),
                        new Usage.Example("p2p ban 12D3KooWExample --for 7d", "for a week")));
    }

    @Override
    public int run(Call call) {
        Duration duration = Numbers.duration(call, FOR.name(), Duration.ofHours(1));
        NetworkAnswer.needsNode(call);
        BannedPeer ban = call.session().network().ban(call.words().getFirst(), duration, "by hand");
        return NetworkAnswer.show(
                call,
                PeerFields.of(ban),
                text -> text.add("banned " + ban.peerId() + " until " + ban.until()).line());
    }
}

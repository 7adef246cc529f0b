package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.core.network.PeerInfo;

import java.util.List;

/** Lists the connected peers. */
final class P2pPeerListCommand implements Command {
    private static final Option LEAST =
            Option.value("--min-reputation", "0..1", "at least this good; unknown ones pass");
    private static final Option FORMAT =
            Option.value("--format", "FORM", "table, json or yaml (table)");

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(LEAST, FORMAT),
                "With --verbose the addresses of each, too.",
                List.of(
                        new Usage.Example("p2p peer-list", "a table"),
                        new Usage.Example("p2p peer-list --format yaml", "for programs")));
    }

    @Override
    public int run(Call call) {
        String format = format(call);
        double least = Numbers.fraction(call, LEAST.name());
        List<PeerInfo> peers =
                call.session().network().peers().stream()
                        .filter(peer -> peer.reputation().score().orElse(1) >= least)
                        .toList();
        Fields fields = new Fields().list("peers", peers, PeerFields::brief);
        Console console = call.console();
        if (console.json() || format.equals("json")) {
            console.data(call.json().all(fields).done());
        } else if (format.equals("yaml")) {
            console.data(Yaml.of(fields));
        } else {
            Text text = console.text();
            PeerTable.print(text, peers, console.verbosity() > 0);
            console.print(text);
            console.say(console.remark().dim(count(peers.size())).line());
        }
        return 0;
    }

    private static String format(Call call) {
        String format = call.value(FORMAT.name()).orElse("table");
        return switch (format) {
            case "table", "json", "yaml" -> format;
            default ->
                    throw Arguments.usage(
                            "--format is table, json or yaml, not " + format, "leave it out");
        };
    }

    private static String count(int peers) {
        return peers == 0
                ? "no peer is connected; `ggen m p2p bootstrap MULTIADDR` joins through one"
                : Text.count(peers, "peer");
    }
}

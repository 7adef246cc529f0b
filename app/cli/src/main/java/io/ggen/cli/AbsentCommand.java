package io.ggen.cli;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.List;

/** A command that this program does not have: says so in one sentence. */
final class AbsentCommand implements Command {
    private final String name;

    AbsentCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "[WORD…]", Usage.MANY, List.of(), "This command is not there yet.", List.of());
    }

    @Override
    public int run(Call call) {
        if (name.startsWith("p2p ")) {
            throw new MarketplaceException(
                    ErrorCode.NETWORK,
                    "`"
                            + name
                            + "` needs the peer-to-peer part, which this distribution is"
                            + " without",
                    "get the distribution with P2P, or go on with the file registry: leave out"
                            + " p2p and --p2p");
        }
        throw new MarketplaceException(
                ErrorCode.USAGE,
                "`" + name + "` is not there yet in version " + Version.TEXT,
                name.equals("key rotate")
                        ? "keep the key you have safe: `ggen m key export` prints it"
                        : "`ggen m --help` lists what is there");
    }
}

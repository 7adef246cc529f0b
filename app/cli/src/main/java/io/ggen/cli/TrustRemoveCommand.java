package io.ggen.cli;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.List;

/** Takes trust back. */
final class TrustRemoveCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "WHAT",
                1,
                List.of(),
                "WHAT is a package id that is pinned, a DID or petname, or a namespace.",
                List.of(
                        new Usage.Example("trust remove acme/ui", "the pin of a package"),
                        new Usage.Example("trust remove alice", "a publisher")));
    }

    @Override
    public int run(Call call) {
        String what = call.words().getFirst();
        if (!call.session().trust().remove(what)) {
            throw new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND,
                    "nothing in trust.toml is called `" + what + "`",
                    "`ggen m trust list` shows what there is");
        }
        TrustListCommand.show(call, call.session().trust().read());
        return 0;
    }
}

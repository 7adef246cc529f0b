package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.install.CleanOutcome;
import io.ggen.marketplace.core.install.Cleaning;

import java.util.List;

/** Frees caches. */
final class CleanCommand implements Command {
    private static final Option ALL =
            Option.flag("--all", "also what undo would need: nothing can be taken back then");

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(ALL),
                "Frees what no lockfile and no undo needs. Links are never followed.",
                List.of(
                        new Usage.Example("clean", "prints how much was freed"),
                        new Usage.Example(
                                "clean --all --yes",
                                "also what undo would need, without a question")));
    }

    @Override
    public int run(Call call) {
        boolean all = call.has(ALL.name());
        if (all && !call.confirm("Free everything, so that nothing can be undone any more?")) {
            call.console().note("nothing was freed");
            return 1;
        }
        CleanOutcome outcome = new Cleaning(call.session().installing()).run(all);
        Console console = call.console();
        if (console.json()) {
            console.data(
                    call.json()
                            .field("freedBytes", outcome.freedBytes())
                            .texts("removed", outcome.removed())
                            .done());
            return 0;
        }
        Text text = console.text();
        for (String removed : outcome.removed()) {
            text.red("- ").add(removed).line();
        }
        console.print(text.add("freed " + new ByteSize(outcome.freedBytes())).line());
        return 0;
    }
}

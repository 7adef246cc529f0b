package io.ggen.cli;

import java.util.List;

/** Says that a version should not be newly chosen. */
final class YankCommand implements Command {
    private static final Option REASON =
            Option.value("--reason", "TEXT", "shown to who asks for it");

    @Override
    public Usage usage() {
        return new Usage(
                "ID@VERSION",
                1,
                List.of(REASON),
                "Lockfiles that hold the version keep working; new choices avoid it.",
                List.of(
                        new Usage.Example(
                                "yank acme/ui@1.2.0 --reason \"breaks on import\"",
                                "1.2.0 is not newly chosen any more")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.exact(call.words().getFirst());
        String reason = call.value(REASON.name()).orElse("");
        call.session().authoring().yank(name.id(), name.exactVersion(), reason);
        Console console = call.console();
        if (console.json()) {
            console.data(
                    call.json()
                            .field("id", name.id().text())
                            .field("version", name.exactVersion().toString())
                            .field("reason", reason)
                            .done());
        } else {
            String what = name.id() + "@" + name.exactVersion();
            console.print(console.text().yellow("yanked ").bold(what).line());
        }
        return 0;
    }
}

package io.ggen.cli;

import java.util.List;

/** Removes a version from the file registry. */
final class UnpublishCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID@VERSION",
                1,
                List.of(),
                """
                Other versions stay. The same content may be published again, other content not:
                versions never change. In the network others keep what they have, and are told
                not to choose it newly. To warn users instead, see yank.\
                """,
                List.of(
                        new Usage.Example("unpublish acme/ui@1.2.0", "asks before it removes it"),
                        new Usage.Example("unpublish acme/ui@1.2.0 --yes", "without a question")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.exact(call.words().getFirst());
        String what = name.id() + "@" + name.exactVersion();
        Console console = call.console();
        if (!call.confirm("Remove " + what + " from the registry?")) {
            console.note("nothing was removed");
            return 1;
        }
        boolean isTold = call.session().authoring().unpublish(name.id(), name.exactVersion());
        if (console.json()) {
            console.data(
                    call.json()
                            .field("id", name.id().text())
                            .field("version", name.exactVersion().toString())
                            .done());
        } else {
            console.print(console.text().red("removed ").bold(what).line());
            if (isTold) {
                console.note("whoever has it keeps it; they are told not to choose it newly");
            }
        }
        return 0;
    }
}

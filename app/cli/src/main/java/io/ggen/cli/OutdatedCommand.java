package io.ggen.cli;

import io.ggen.marketplace.core.install.Inspection.Outdated;

import java.util.List;

/** Lists installed packages with newer versions. */
final class OutdatedCommand implements Command {
    private static final int COLUMN = 14;

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(Places.TARGET, Places.GLOBAL),
                "WANTED is the newest version within the range asked for, LATEST the newest of all.",
                List.of(
                        new Usage.Example("outdated", "then: ggen m update"),
                        new Usage.Example(
                                "outdated --json", "for programs: current, wanted, latest")));
    }

    @Override
    public int run(Call call) {
        show(call, Places.inspection(call).outdated());
        return 0;
    }

    private static void show(Call call, List<Outdated> newer) {
        Console console = call.console();
        if (console.json()) {
            Json out = call.json();
            out.list(
                    "outdated",
                    newer,
                    (json, one) ->
                            json.field("id", one.id().text())
                                    .field("current", one.current().toString())
                                    .field("wanted", one.wanted().toString())
                                    .field("latest", one.latest().toString()));
            console.data(out.done());
            return;
        }
        if (newer.isEmpty()) {
            console.note("everything is up to date");
            return;
        }
        int width = COLUMN;
        for (Outdated one : newer) {
            width = Math.max(width, one.id().text().length() + 2);
        }
        Text text = console.text();
        text.column("package", width).column("current", COLUMN).column("wanted", COLUMN);
        text.add("latest").line();
        for (Outdated one : newer) {
            text.bold(one.id().text()).pad(width - one.id().text().length());
            text.column(one.current().toString(), COLUMN);
            text.column(one.wanted().toString(), COLUMN);
            text.add(one.latest().toString()).line();
        }
        console.print(text);
    }
}

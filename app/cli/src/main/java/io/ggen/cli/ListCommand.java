package io.ggen.cli;

import io.ggen.marketplace.core.install.Inspection.Item;

import java.util.Base64;
import java.util.List;

/** Lists what is installed. */
final class ListCommand implements Command {
    private static final Option DETAILED = Option.flag("--detailed", "path, publisher and cid too");
    private static final Option OUTDATED = Option.flag("--outdated", "the same as `outdated`");

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(DETAILED, OUTDATED, Places.TARGET, Places.GLOBAL),
                "In a project its packages, elsewhere those of the home. A range in brackets is what\n"
                        + "was asked for; what is without one came along.",
                List.of(
                        new Usage.Example("list", "the packages of the project, else of the home"),
                        new Usage.Example("list --global --detailed", "of the home")));
    }

    @Override
    public int run(Call call) {
        if (call.has(OUTDATED.name())) {
            return new OutdatedCommand().run(call);
        }
        List<Item> items = Places.inspection(call).list();
        Console console = call.console();
        if (console.json()) {
            console.data(call.json().list("packages", items, ListCommand::json).done());
            return 0;
        }
        Text text = console.text();
        for (Item one : items) {
            text.bold(one.id().text()).add(" ").green(one.version().toString());
            one.requested().ifPresent(range -> text.dim(" (" + range + ")"));
            text.line();
            if (call.has(DETAILED.name())) {
                details(text, one);
            }
        }
        console.print(text);
        Places.sayWhenEmpty(call, items.isEmpty());
        return 0;
    }

    private static void details(Text text, Item one) {
        text.add("  path       " + one.path()).line();
        text.add("  publisher  " + one.publisher().map(Object::toString).orElse("unsigned")).line();
        text.add("  cid        " + one.cid()).line();
    }

    private static void json(Json out, Item one) {
        byte[] digest = one.integrity().bytes().toArray();
        out.field("id", one.id().text())
                .field("version", one.version().toString())
                .field("path", one.path().toString())
                .field("integrity", "sha256-" + Base64.getEncoder().encodeToString(digest))
                .field("cid", one.cid().toString())
                .field("publisher", one.publisher())
                .field("requested", one.requested());
    }
}

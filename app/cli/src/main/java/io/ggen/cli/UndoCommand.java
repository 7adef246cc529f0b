package io.ggen.cli;

import io.ggen.marketplace.core.install.ChangeOutcome.Named;
import io.ggen.marketplace.core.install.UndoOutcome;

import java.util.List;

/** Takes back the last change of what is installed. */
final class UndoCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(Places.TARGET, Places.GLOBAL),
                "Undoing again takes back the change before.",
                List.of(
                        new Usage.Example("undo", "the last install, add, update or remove"),
                        new Usage.Example("undo --global", "of the home's packages")));
    }

    @Override
    public int run(Call call) {
        UndoOutcome outcome = call.session().installer().undo(Places.of(call), Places.flags(call));
        Console console = call.console();
        if (console.json()) {
            Json out = call.json();
            out.object(
                    "undone",
                    undone ->
                            undone.field("command", outcome.command())
                                    .field("at", outcome.at().toString()));
            out.list("restored", outcome.restored(), ChangeView::named)
                    .list("removed", outcome.removed(), ChangeView::named);
            console.data(out.done());
            return 0;
        }
        Text text = console.text();
        for (Named one : outcome.restored()) {
            text.green("+ ").bold(one.id().text()).add(" " + one.version()).line();
        }
        for (Named one : outcome.removed()) {
            text.red("- ").bold(one.id().text()).add(" " + one.version()).line();
        }
        console.print(text);
        console.say(
                console.remark()
                        .dim("took back `" + outcome.command() + "` of " + outcome.at())
                        .line());
        return 0;
    }
}

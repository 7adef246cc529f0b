package io.ggen.cli;

import java.util.List;
import java.util.Locale;

/** Checks the installation. */
final class DoctorCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "Exit status 1 where something fails. Nothing is changed.",
                List.of(
                        new Usage.Example("doctor", "what is well, and how to mend what is not"),
                        new Usage.Example(
                                "doctor --json", "for programs: ok, warn or fail for each check")));
    }

    @Override
    public int run(Call call) {
        List<Checkup.Check> checks = new Checkup(call).run();
        Console console = call.console();
        if (console.json()) {
            console.data(call.json().list("checks", checks, DoctorCommand::json).done());
        } else {
            print(console, checks);
        }
        for (Checkup.Check check : checks) {
            if (check.state() == Checkup.State.FAIL) {
                return 1;
            }
        }
        return 0;
    }

    private static void json(Json out, Checkup.Check check) {
        out.field("name", check.name())
                .field("state", check.state().name().toLowerCase(Locale.ROOT))
                .field("detail", check.detail())
                .field("hint", check.hint());
    }

    private static void print(Console console, List<Checkup.Check> checks) {
        Text text = console.text();
        for (Checkup.Check check : checks) {
            switch (check.state()) {
                case OK -> text.green("ok    ");
                case WARN -> text.yellow("warn  ");
                case FAIL -> text.red("fail  ");
            }
            text.column(check.name(), 14).add(check.detail()).line();
            check.hint().ifPresent(hint -> text.add("      ").cyan("hint").add(": " + hint).line());
        }
        console.print(text);
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.install.Verification;
import io.ggen.marketplace.core.install.VerifyOutcome;
import io.ggen.marketplace.core.install.VerifyOutcome.Verified;

import java.util.List;
import java.util.Locale;

/** Checks what is installed against hashes and signatures. */
final class VerifyCommand implements Command {
    private static final Option HEAL =
            Option.flag("--heal", "put what is corrupt in place anew, from store or registry");

    @Override
    public Usage usage() {
        return new Usage(
                "[ID…]",
                Usage.MANY,
                List.of(HEAL, Places.TARGET, Places.GLOBAL),
                "The exit status is a sum: 8 where something is corrupt, 16 untrusted, 32\n"
                        + "unverifiable.",
                List.of(
                        new Usage.Example("verify", "everything"),
                        new Usage.Example("verify acme/ui --heal", "and mend it")));
    }

    @Override
    public int run(Call call) {
        VerifyOutcome outcome =
                new Verification(call.session().installing(), Places.of(call))
                        .run(RemoveCommand.ids(call), call.has(HEAL.name()));
        Console console = call.console();
        if (console.json()) {
            console.data(
                    call.json().list("packages", outcome.packages(), VerifyCommand::json).done());
        } else {
            print(call, outcome);
        }
        return outcome.exitStatus();
    }

    private static void json(Json out, Verified one) {
        out.field("id", one.id().text())
                .field("version", one.version().toString())
                .field("state", state(one))
                .field("detail", one.detail());
    }

    private static String state(Verified one) {
        return one.state().name().toLowerCase(Locale.ROOT);
    }

    private static void print(Call call, VerifyOutcome outcome) {
        Text text = call.console().text();
        int bad = 0;
        for (Verified one : outcome.packages()) {
            switch (one.state()) {
                case OK -> text.green("ok            ");
                case HEALED -> text.yellow("healed        ");
                case CORRUPT -> text.red("corrupt       ");
                case UNTRUSTED -> text.red("untrusted     ");
                case UNVERIFIABLE -> text.yellow("unverifiable  ");
            }
            boolean good =
                    one.state() == VerifyOutcome.State.OK
                            || one.state() == VerifyOutcome.State.HEALED;
            bad += good ? 0 : 1;
            text.bold(one.id().text()).add(" " + one.version());
            text.add(one.detail().isEmpty() ? "" : "  " + one.detail()).line();
        }
        call.console().print(text);
        Places.sayWhenEmpty(call, outcome.packages().isEmpty());
        if (bad > 0 && !call.has(HEAL.name())) {
            call.console().note("`ggen m verify --heal` puts what is corrupt in place anew");
        }
    }
}

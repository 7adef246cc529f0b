package io.ggen.cli;

import io.ggen.marketplace.core.install.ChangeOutcome;
import io.ggen.marketplace.core.install.ChangeOutcome.Installed;
import io.ggen.marketplace.core.install.ChangeOutcome.Named;
import io.ggen.marketplace.core.install.ChangeOutcome.Updated;

import java.util.Base64;

/** Shows what an install, add, remove or update did. */
final class ChangeView {
    private final Call call;
    private final long began;

    /** Begins to measure the time. */
    ChangeView(Call call) {
        this.call = call;
        this.began = call.around().clock().millis();
    }

    int show(ChangeOutcome outcome) {
        long elapsed = call.around().clock().millis() - began;
        if (call.console().json()) {
            call.console().data(json(outcome, elapsed));
        } else {
            print(outcome, elapsed);
        }
        return 0;
    }

    private String json(ChangeOutcome outcome, long elapsed) {
        Json json = call.json();
        outcome.knowledge().ifPresent(it -> FirstUseView.json(json, it));
        return json.list("installed", outcome.installed(), ChangeView::installed)
                .list("reused", outcome.reused(), ChangeView::named)
                .list("removed", outcome.removed(), ChangeView::named)
                .list("updated", outcome.updated(), ChangeView::updated)
                .list("firstUses", outcome.firstUses(), FirstUseView::json)
                .field("lockfile", outcome.lockfile().toString())
                .field("dryRun", outcome.dryRun())
                .field("elapsedMs", elapsed)
                .done();
    }

    private static void installed(Json out, Installed one) {
        out.field("id", one.id().text())
                .field("version", one.version().toString())
                .field("path", one.path().toString())
                .field("integrity", integrity(one))
                .field("cid", one.cid().toString())
                .field("publisher", one.publisher())
                .field("source", one.source())
                .field("providers", one.providers());
    }

    private static String integrity(Installed one) {
        byte[] digest = one.integrity().bytes().toArray();
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    /** Writes id and version. */
    static void named(Json out, Named one) {
        out.field("id", one.id().text()).field("version", one.version().toString());
    }

    private static void updated(Json out, Updated one) {
        out.field("id", one.id().text())
                .field("from", one.from().toString())
                .field("to", one.to().toString());
    }

    private void print(ChangeOutcome outcome, long elapsed) {
        Text text = call.console().text();
        for (Installed one : outcome.installed()) {
            if (!isUpdate(outcome, one)) {
                text.green("+ ").bold(one.id().text()).add(" " + one.version()).line();
            }
        }
        for (Updated one : outcome.updated()) {
            text.yellow("~ ").bold(one.id().text()).add(" " + one.from() + " -> " + one.to());
            text.line();
        }
        for (Named one : outcome.removed()) {
            text.red("- ").bold(one.id().text()).add(" " + one.version()).line();
        }
        call.console().print(text);
        new FirstUseView(call.console()).show(outcome);
        call.console().say(call.console().remark().dim(summary(outcome, elapsed)).line());
    }

    private static boolean isUpdate(ChangeOutcome outcome, Installed one) {
        for (Updated updated : outcome.updated()) {
            if (updated.id().equals(one.id())) {
                return true;
            }
        }
        return false;
    }

    private static String summary(ChangeOutcome outcome, long elapsed) {
        int changes = outcome.installed().size() + outcome.removed().size();
        String time = " in " + elapsed + " ms";
        if (changes == 0) {
            int there = outcome.reused().size();
            return "up to date: " + Text.count(there, "package") + time;
        }
        String what =
                join(
                        verb(outcome.installed().size(), outcome.dryRun(), "install"),
                        verb(outcome.removed().size(), outcome.dryRun(), "remove"));
        return what + time + (outcome.dryRun() ? " (dry run, nothing written)" : "");
    }

    private static String verb(int packages, boolean dryRun, String verb) {
        if (packages == 0) {
            return "";
        }
        String past = verb.endsWith("e") ? verb + "d" : verb + "ed";
        return Text.count(packages, "package") + (dryRun ? " to " + verb : " " + past);
    }

    private static String join(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
    }
}

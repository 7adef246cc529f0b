package io.ggen.cli;

import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.publish.Planner;
import io.ggen.marketplace.core.publish.PublishLimits;
import io.ggen.marketplace.core.publish.PublishOutcome;
import io.ggen.marketplace.core.publish.PublishOutcome.Failed;
import io.ggen.marketplace.core.publish.PublishOutcome.Published;
import io.ggen.marketplace.core.publish.PublishRequest;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Version;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishes package directories. */
class PublishCommand implements Command {
    private static final Option VERSION =
            Option.value("--version", "V", "this version instead of the manifest's");
    private static final Option KEY = Option.value("--key", "NAME", "sign with this key");
    private static final Option SECRETS =
            Option.flag("--allow-secrets", "publish what looks like a secret");
    private static final Option DRY_RUN =
            Option.flag("--dry-run", "show what would happen; write nothing");

    @Override
    public Usage usage() {
        return new Usage(
                "DIR…",
                Usage.MANY,
                List.of(VERSION, DRY_RUN, KEY, SECRETS),
                "DIR holds package.toml. What .gitignore and .ggenignore name stays out.\n"
                        + "Versions never change: other content needs another version.",
                List.of(
                        new Usage.Example("publish . --dry-run", "check it, show the files"),
                        new Usage.Example(
                                "publish .", "sign and publish it; the first time makes your key"),
                        new Usage.Example("publish packs/*", "several, dependencies first")));
    }

    @Override
    public int run(Call call) {
        return publish(call, outcome -> {});
    }

    static boolean isDryRun(Call call) {
        return call.has(DRY_RUN.name());
    }

    /** Publishes; {@code then} hears of what was published before anything is printed. */
    final int publish(Call call, Consumer<PublishOutcome> then) {
        List<Path> directories = new ArrayList<>();
        for (String word : call.words()) {
            directories.add(call.path(word));
        }
        Planner.Options options =
                new Planner.Options(
                        version(call), call.has(SECRETS.name()), PublishLimits.standard());
        boolean dryRun = call.has(DRY_RUN.name());
        String key = call.value(KEY.name()).orElse(KeyStore.DEFAULT);
        var preview = new PublishPreview(call.console(), directories.size());
        var request = new PublishRequest(directories, key, options, dryRun, preview);
        PublishOutcome outcome = call.session().authoring().publish(request);
        if (directories.size() == 1) {
            outcome.orThrow();
        }
        if (!dryRun) {
            then.accept(outcome);
        }
        if (call.console().json()) {
            call.console().data(json(call, directories.size(), outcome));
        } else {
            print(call, outcome, dryRun);
        }
        return outcome.failed().isEmpty()
                ? 0
                : outcome.failed().getFirst().error().code().exitStatus();
    }

    private static Optional<Version> version(Call call) {
        try {
            return call.value(VERSION.name()).map(Version::parse);
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(String.valueOf(e.getMessage()), "write it like 1.2.3");
        }
    }

    private String json(Call call, int asked, PublishOutcome outcome) {
        Json out = call.json();
        if (asked == 1) {
            published(out, outcome.published().getFirst(), call);
            return out.done();
        }
        return out.list("published", outcome.published(), (json, one) -> published(json, one, call))
                .list("failed", outcome.failed(), PublishCommand::failed)
                .done();
    }

    private void published(Json out, Published one, Call call) {
        out.field("id", one.plan().manifest().id().text())
                .field("version", one.plan().manifest().version().toString())
                .field("cid", one.plan().content().cid().toString())
                .field("sha256", one.plan().content().sha256().hex())
                .field("sizeBytes", one.plan().content().sizeBytes())
                .field("files", one.plan().content().files())
                .field("publisher", one.publisher())
                .field("recordId", one.envelope().map(Envelope::recordId).map(id -> id.hex()))
                .field("registry", call.session().publishingName())
                .field("created", one.created());
        more(out, one);
    }

    /** Adds to the object of a package. */
    void more(Json out, Published one) {
        // a registry of files has no more to say
    }

    /** Adds to the lines of a package. */
    void more(Text text, Published one) {
        // a registry of files has no more to say
    }

    private static void failed(Json out, Failed one) {
        out.field("directory", one.directory().toString())
                .field("code", one.error().code().name())
                .field("message", String.valueOf(one.error().getMessage()))
                .field("hint", one.error().hint());
    }

    private void print(Call call, PublishOutcome outcome, boolean dryRun) {
        Console console = call.console();
        Text text = console.text();
        for (Published one : outcome.published()) {
            text.green(label(one, dryRun)).add(" ").bold(one.plan().toString());
            text.dim("  " + one.plan().content().cid());
            text.line();
            more(text, one);
        }
        console.print(text);
        if (!dryRun) {
            sayWhereElse(call, outcome);
        }
        for (Failed one : outcome.failed()) {
            Text error = console.remark().red("error").add(": ");
            error.add(String.valueOf(one.error().getMessage())).line();
            console.error(error.cyan("hint").add(": " + one.error().hint()).line());
        }
        outcome.newKey()
                .ifPresent(did ->
                        console.note(
                                "made your publisher key "
                                        + did
                                        + "; who loses it loses the name, so keep it safe:"
                                        + " ggen m key export > FILE"));
    }

    /** Where commands look into the network too, what is published here is not in it yet. */
    private static void sayWhereElse(Call call, PublishOutcome outcome) {
        String here = call.session().publishingName();
        if (here.equals("file")
                && !outcome.published().isEmpty()
                && call.session().registryName().equals("hybrid")) {
            StringBuilder line = new StringBuilder("ggen m p2p publish");
            outcome.published().forEach(one -> line.append(' ').append(one.plan().directory()));
            call.console().note("this is in the file registry alone; for everybody: " + line);
        }
    }

    private static String label(Published one, boolean dryRun) {
        if (dryRun) {
            return "would publish";
        }
        return one.created() ? "published" : "unchanged";
    }
}

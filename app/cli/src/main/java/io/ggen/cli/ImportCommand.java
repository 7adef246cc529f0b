package io.ggen.cli;

import io.ggen.marketplace.core.imports.ImportFormat;
import io.ggen.marketplace.core.imports.ImportOutcome;
import io.ggen.marketplace.core.imports.ImportOutcome.Entry;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;

import java.util.List;

/** Takes packages of foreign indexes and folders into the registry. */
final class ImportCommand implements Command {
    private static final Option FORMAT =
            Option.value("--format", "NAME", "auto, directory, index-json, registry-index …");
    private static final Option KEY = Option.value("--key", "NAME", "sign with this key");

    @Override
    public Usage usage() {
        return new Usage(
                "PATH|URL",
                1,
                List.of(FORMAT, KEY),
                "PATH is an index (index.json, registry-index.json, packages.toml,\n"
                        + "packs-index.json) or a folder of packages; URL is an index.json with its"
                        + "\narchives below it. What is sound goes in; the rest is reported by file,"
                        + " line\nand reason, with exit status 65.",
                List.of(
                        new Usage.Example("import ../old/packages", "a folder of packages"),
                        new Usage.Example(
                                "import ../old/index.json",
                                "what an index names, with what lies beside it"),
                        new Usage.Example(
                                "import https://example.org/registry/index.json",
                                "the same from the web"),
                        new Usage.Example(
                                "import . --json",
                                "how many went in, with file, line and reason of the rest")));
    }

    @Override
    public int run(Call call) {
        ImportFormat format =
                call.value(FORMAT.name()).map(ImportFormat::parse).orElse(ImportFormat.AUTO);
        String path = call.words().getFirst();
        String key = call.value(KEY.name()).orElse(KeyStore.DEFAULT);
        boolean web = path.startsWith("http://") || path.startsWith("https://");
        ImportOutcome outcome =
                web
                        ? call.session().authoring().importFrom(path, format, key)
                        : call.session().authoring().importFrom(call.path(path), format, key);
        return report(call, outcome);
    }

    /** Prints what became of an import and returns the exit status. */
    static int report(Call call, ImportOutcome outcome) {
        if (call.console().json()) {
            call.console().data(json(call, outcome));
        } else {
            print(call.console(), outcome);
        }
        return outcome.rejected().isEmpty() ? 0 : ErrorCode.VALIDATION.exitStatus();
    }

    private static String json(Call call, ImportOutcome outcome) {
        return call.json()
                .list("imported", outcome.imported(), ImportCommand::entry)
                .list("unchanged", outcome.unchanged(), ImportCommand::entry)
                .list("rejected", outcome.rejected(), ImportCommand::fault)
                .list("notes", outcome.notes(), ImportCommand::fault)
                .done();
    }

    private static void entry(Json out, Entry entry) {
        out.field("id", entry.id().text())
                .field("version", entry.version().toString())
                .field("file", entry.file());
    }

    private static void fault(Json out, Fault fault) {
        out.field("file", fault.file())
                .field("line", fault.line())
                .field("column", fault.column())
                .field("reason", fault.reason())
                .field("hint", fault.hint());
    }

    private static void print(Console console, ImportOutcome outcome) {
        Text text = console.text();
        for (Entry entry : outcome.imported()) {
            text.green("+ ").bold(entry.id().text()).add(" " + entry.version()).line();
        }
        console.print(text);
        if (console.verbosity() > 0) {
            notes(console, outcome.notes());
        }
        for (Fault fault : outcome.rejected()) {
            console.error(
                    console.remark()
                            .red("rejected ")
                            .add(fault.toString())
                            .dim("  " + fault.hint())
                            .line());
        }
        String notes =
                outcome.notes().isEmpty() ? "" : ", " + outcome.notes().size() + " notes (-v)";
        console.say(
                console.remark()
                        .dim(
                                outcome.imported().size()
                                        + " imported, "
                                        + outcome.unchanged().size()
                                        + " unchanged, "
                                        + outcome.rejected().size()
                                        + " rejected"
                                        + notes)
                        .line());
    }

    private static void notes(Console console, List<Fault> notes) {
        for (Fault note : notes) {
            console.note(note.toString());
        }
    }
}

package io.ggen.cli;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.config.TomlEdit;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Begins a project. */
final class InitCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "[NAME]",
                1,
                List.of(),
                "Writes ggen.toml into this folder. Without NAME it is called as the folder is.",
                List.of(
                        new Usage.Example("init demo", "then: ggen m add PACKAGE"),
                        new Usage.Example("init", "called as the folder is")));
    }

    @Override
    public int run(Call call) {
        Path folder = call.around().directory();
        Path manifest = folder.resolve("ggen.toml");
        if (Files.exists(manifest)) {
            throw new MarketplaceException(
                    ErrorCode.ALREADY_EXISTS,
                    "there is a project already: " + manifest,
                    "`ggen m add PACKAGE` adds to it");
        }
        Path last = folder.getFileName();
        String name =
                call.words().isEmpty()
                        ? last == null ? "project" : last.toString()
                        : call.words().getFirst();
        write(manifest, "[project]\nname = " + TomlEdit.quoted(name) + "\n\n[dependencies]\n");
        if (call.console().json()) {
            call.console()
                    .data(
                            call.json()
                                    .field("name", name)
                                    .field("manifest", manifest.toString())
                                    .done());
        } else {
            call.console().say(call.console().remark().green("wrote ").add(manifest + "").line());
        }
        return 0;
    }

    private static void write(Path manifest, String text) {
        try {
            DurableFiles.write(manifest, Bytes.utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + manifest, e);
        }
    }
}

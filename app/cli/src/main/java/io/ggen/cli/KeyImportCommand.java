package io.ggen.cli;

import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.KeyStore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes over a key that was exported elsewhere. */
final class KeyImportCommand implements Command {
    private static final int MOST = 64 * 1024;

    @Override
    public Usage usage() {
        return new Usage(
                "FILE [NAME]",
                2,
                List.of(),
                "FILE is a PEM of `key export`, or - for standard input.",
                List.of(
                        new Usage.Example("key import ggen-key.pem", "as the key that signs"),
                        new Usage.Example(
                                "key import work.pem work", "beside it, for publish --key work"),
                        new Usage.Example("key import - < ggen-key.pem", "from standard input")));
    }

    @Override
    public int run(Call call) {
        String name = call.words().size() > 1 ? call.words().get(1) : KeyStore.DEFAULT;
        String file = call.words().getFirst();
        KeyInfo key = call.session().keys().importPem(name, read(call, file), shown(file));
        KeyListCommand.show(call, List.of(key));
        return 0;
    }

    private static String shown(String file) {
        return file.equals("-") ? "standard input" : file;
    }

    private static String read(Call call, String file) {
        Path path = call.path(file);
        try (InputStream in = file.equals("-") ? null : Files.newInputStream(path)) {
            InputStream source = in == null ? call.around().streams().in() : in;
            return new String(source.readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + shown(file), e);
        }
    }
}

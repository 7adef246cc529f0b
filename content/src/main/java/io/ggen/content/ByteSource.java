package io.ggen.content;

import io.ggen.base.Bytes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Bytes that can be read from the start, as often as needed. */
@FunctionalInterface
public interface ByteSource {
    /** Opens a stream at the first byte; the caller closes it. */
    InputStream open() throws IOException;

    /** Returns a source of these bytes. */
    static ByteSource of(Bytes bytes) {
        return bytes::stream;
    }

    /** Returns a source that reads {@code file}, which must not be a link. */
    static ByteSource of(Path file) {
        return () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }
}

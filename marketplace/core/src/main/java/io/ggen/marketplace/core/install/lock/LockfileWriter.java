package io.ggen.marketplace.core.install.lock;

import io.ggen.marketplace.model.Did;

import java.util.Collection;

/** Writes the one text of a lockfile. */
final class LockfileWriter {
    private LockfileWriter() {}

    static String write(Collection<LockedPackage> packages) {
        var text = new StringBuilder(64 + packages.size() * 400).append(Lockfile.HEADER);
        text.append('\n');
        for (LockedPackage one : packages) {
            write(text, one);
        }
        return text.toString();
    }

    private static void write(StringBuilder text, LockedPackage one) {
        text.append("\n[[package]]\n");
        line(text, "id", one.id().text());
        line(text, "version", one.version().toString());
        line(text, "publisher", one.publisher().map(Did::text).orElse(""));
        line(text, "cid", one.cid().toString());
        line(text, "integrity", one.integrityText());
        line(text, "source", one.source());
        text.append("dependencies = [");
        for (int i = 0; i < one.dependencies().size(); i++) {
            text.append(i == 0 ? "" : ", ");
            text.append('"').append(one.dependencies().get(i)).append('"');
        }
        text.append("]\n");
        one.requested().ifPresent(range -> line(text, "requested", range.toString()));
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(" = \"").append(value).append("\"\n");
    }
}

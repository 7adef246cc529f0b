package io.ggen.marketplace.core.install.project;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads manifests as most are: {@code [project]} with a name, {@code [dependencies]} with {@code id
 * = "range"} lines, comments. It understands nothing else and then says so, and a full TOML parser
 * takes over, which costs a cold start ten times as much.
 */
final class PlainManifest {
    private final List<Requirement> requirements = new ArrayList<>();
    private final Set<String> headers = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private String table = "";
    private String name = "";

    private PlainManifest() {}

    /** Returns what a plain text says; empty where it is not plain, or anything is wrong in it. */
    static Optional<ProjectManifest> read(String file, String text) {
        var manifest = new PlainManifest();
        for (String line : text.split("\n", -1)) {
            String one = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (!isPrintable(one) || !manifest.line(one.strip())) {
                return Optional.empty();
            }
        }
        return Optional.of(new ProjectManifest(file, text, manifest.name, manifest.requirements));
    }

    private boolean line(String line) {
        if (line.isEmpty()) {
            return true;
        }
        if (line.charAt(0) == '#') {
            return isPrintable(line);
        }
        if (line.equals("[project]") || line.equals("[dependencies]")) {
            table = line;
            return headers.add(line);
        }
        return entry(line);
    }

    private boolean entry(String line) {
        int equals = line.indexOf('=');
        int open = line.indexOf('"', equals + 1);
        int close = line.indexOf('"', open + 1);
        if (equals < 0
                || open < 0
                || close < 0
                || !isPrintable(line)
                || line.indexOf('\\') >= 0
                || !line.substring(equals + 1, open).isBlank()) {
            return false;
        }
        String rest = line.substring(close + 1).strip();
        String key = key(line.substring(0, equals).strip());
        boolean sound = (rest.isEmpty() || rest.charAt(0) == '#') && !key.isEmpty();
        return sound && keys.add(table + key) && put(key, line.substring(open + 1, close));
    }

    private static String key(String written) {
        int last = written.length() - 1;
        if (last > 0 && written.charAt(0) == '"' && written.indexOf('"', 1) == last) {
            return written.substring(1, last);
        }
        for (int i = 0; i <= last; i++) {
            char c = written.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return "";
            }
        }
        return written;
    }

    private boolean put(String key, String value) {
        if (table.equals("[project]")) {
            name = value;
            return key.equals("name");
        }
        if (!table.equals("[dependencies]")) {
            return false;
        }
        try {
            requirements.add(
                    new Requirement(
                            new PackageId(key),
                            VersionRange.parse(value),
                            new PublisherRef.Unnamed(),
                            false));
            return true;
        } catch (IllegalArgumentException e) {
            return false; // the full parser says what is wrong, and where
        }
    }

    private static boolean isPrintable(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < 0x20 && c != '\t') || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}

package io.ggen.marketplace.core.install.lock;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the part of TOML that lockfiles are written in: the header, comments, {@code [[package]]},
 * plain strings and lists of them on one line. Everything else is refused with line and column.
 */
final class LockfileReader {
    private static final int MAX_PACKAGES = 100_000;
    private static final String INTEGRITY = "sha256-";

    private final String file;
    private final String text;
    private final Map<String, Did> publishers = new HashMap<>();
    private final List<LockedPackage> packages = new ArrayList<>();
    private final Set<PackageId> ids = new HashSet<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private @Nullable Entry entry;

    LockfileReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** A package under way: raw values, and where it began. */
    private static final class Entry {
        final int line;
        final Map<String, String> values = new HashMap<>();
        @Nullable List<String> dependencies;

        Entry(int line) {
            this.line = line;
        }
    }

    List<LockedPackage> read() {
        if (!text.startsWith(Lockfile.HEADER)
                || (text.length() > Lockfile.HEADER.length() && !endsHeader())) {
            throw malformed("it does not begin with \"" + Lockfile.HEADER + "\"");
        }
        while (at < text.length()) {
            readLine();
        }
        finish();
        checkDependencies();
        return packages;
    }

    private boolean endsHeader() {
        char next = text.charAt(Lockfile.HEADER.length());
        return next == '\n' || next == '\r';
    }

    private void readLine() {
        spaces();
        char first = at < text.length() ? text.charAt(at) : '\n';
        if (first == '[') {
            begin();
        } else if (first >= 'a' && first <= 'z') {
            member();
        }
        spaces();
        if (at < text.length() && text.charAt(at) == '#') {
            comment();
        }
        endOfLine();
    }

    private void begin() {
        finish();
        if (!text.startsWith("[[package]]", at)) {
            throw malformed("only [[package]] may stand here");
        }
        if (packages.size() >= MAX_PACKAGES) {
            throw malformed("it has over " + MAX_PACKAGES + " packages");
        }
        at += "[[package]]".length();
        entry = new Entry(line);
    }

    private void member() {
        Entry current = entry;
        if (current == null) {
            throw malformed("a value stands outside of any [[package]]");
        }
        int start = at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
        String key = text.substring(start, at);
        spaces();
        expect('=');
        spaces();
        switch (key) {
            case "id", "version", "publisher", "cid", "integrity", "source", "requested" -> {
                if (current.values.put(key, string()) != null) {
                    throw malformed(key + " is there twice");
                }
            }
            case "dependencies" -> {
                if (current.dependencies != null) {
                    throw malformed(key + " is there twice");
                }
                current.dependencies = list();
            }
            default -> {
                at = start;
                throw malformed("a package has no such value: " + shown(key));
            }
        }
    }

    private List<String> list() {
        List<String> values = new ArrayList<>();
        expect('[');
        spaces();
        while (at < text.length() && text.charAt(at) != ']') {
            values.add(string());
            spaces();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                spaces();
            } else {
                break;
            }
        }
        expect(']');
        return values;
    }

    private String string() {
        expect('"');
        int start = at;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c < 0x20 || c > 0x7e || c == '\\') {
                throw malformed("a lockfile's texts are plain ASCII without escapes");
            }
            at++;
        }
        String value = text.substring(start, at);
        expect('"');
        return value;
    }

    private void comment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void spaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void endOfLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length()) {
            expect('\n');
            line++;
            lineStart = at;
        }
    }

    private void expect(char wanted) {
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw malformed(
                    wanted == '\n' ? "the line does not end here" : "'" + wanted + "' is missing");
        }
        at++;
    }

    private void finish() {
        Entry done = entry;
        if (done == null) {
            return;
        }
        LockedPackage one = locked(done);
        if (!ids.add(one.id())) {
            throw error(ErrorCode.SERIALIZATION, done.line, 1, one.id() + " is locked twice");
        }
        packages.add(one);
        entry = null;
    }

    private LockedPackage locked(Entry done) {
        try {
            List<PackageId> dependencies = new ArrayList<>();
            if (done.dependencies != null) {
                done.dependencies.forEach(id -> dependencies.add(new PackageId(id)));
            }
            String requested = done.values.get("requested");
            return new LockedPackage(
                    new PackageId(value(done, "id")),
                    Version.parse(value(done, "version")),
                    publisher(value(done, "publisher")),
                    cid(value(done, "cid")),
                    integrity(value(done, "integrity")),
                    value(done, "source"),
                    dependencies,
                    requested == null
                            ? Optional.empty()
                            : Optional.of(VersionRange.parse(requested)));
        } catch (IllegalArgumentException e) {
            throw error(ErrorCode.SECURITY, done.line, 1, shown(String.valueOf(e.getMessage())))
                    .causedBy(e);
        }
    }

    private String value(Entry done, String key) {
        String value = done.values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a package has no " + key);
        }
        return value;
    }

    private Optional<Did> publisher(String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(publishers.computeIfAbsent(value, Did::new));
    }

    private static Cid cid(String value) {
        Cid cid = Cid.parse(value);
        if (cid.version() != 1 || !cid.toString().equals(value)) {
            throw new IllegalArgumentException("a CID is not in its canonical form");
        }
        return cid;
    }

    private static Sha256 integrity(String value) {
        if (!value.startsWith(INTEGRITY)) {
            throw new IllegalArgumentException("integrity is not sha256- and base64");
        }
        byte[] digest = Base64.getDecoder().decode(value.substring(INTEGRITY.length()));
        var sha256 = new Sha256(Bytes.wrap(digest));
        if (!Base64.getEncoder().encodeToString(digest).equals(value.substring(7))) {
            throw new IllegalArgumentException("integrity is not canonical base64");
        }
        return sha256;
    }

    private void checkDependencies() {
        for (LockedPackage one : packages) {
            for (PackageId dependency : one.dependencies()) {
                if (!ids.contains(dependency)) {
                    throw malformed(one.id() + " needs " + dependency + ", which is not locked");
                }
            }
        }
    }

    private MarketplaceException malformed(String reason) {
        return error(ErrorCode.SERIALIZATION, line, at - lineStart + 1, reason);
    }

    private MarketplaceException error(ErrorCode code, int where, int column, String reason) {
        return new MarketplaceException(
                code,
                "The lockfile is refused: " + file + ":" + where + ":" + column + ": " + reason,
                code == ErrorCode.SECURITY
                        ? "No ggen writes such a lockfile: find out who changed it, for example with"
                                + " `git log ggen.lock`."
                        : "Restore it from version control, or delete it and run `ggen m install`.",
                Map.of(
                        "file",
                        file,
                        "line",
                        Integer.toString(where),
                        "column",
                        Integer.toString(column)));
    }

    private static String shown(String foreign) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(foreign.length(), 200); i++) {
            char c = foreign.charAt(i);
            shown.append(c >= 0x20 && c <= 0x7e ? c : '?');
        }
        return shown.toString();
    }
}

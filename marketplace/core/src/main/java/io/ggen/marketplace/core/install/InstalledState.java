package io.ggen.marketplace.core.install;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stamp beside installed packages: which ones were put there whole since the machine started,
 * and by which manifest and lockfile. Where all of it still holds, an install has nothing to do,
 * and finds that out with no parser, hash or database.
 *
 * @param boot the start of the machine; after another one trees are checked before they count
 * @param mode {@code full}, {@code bare} where dependencies were left out; with {@code frozen}
 *     where the manifest was not read
 * @param manifest the manifest's text then; empty where there is none
 * @param lockfile the lockfile's text then
 * @param packages mark of the locked content by id
 */
record InstalledState(
        String boot, String mode, String manifest, String lockfile, Map<String, String> packages) {
    private static final String HEADER = "ggen state 1";

    static InstalledState of(
            String boot,
            String mode,
            String manifest,
            String lockfile,
            Collection<LockedPackage> packages) {
        Map<String, String> marks = HashMap.newHashMap(packages.size());
        packages.forEach(one -> marks.put(one.id().text(), mark(one)));
        return new InstalledState(boot, mode, manifest, lockfile, marks);
    }

    static String mode(boolean bare, boolean frozen) {
        return (bare ? "bare" : "full") + (frozen ? " frozen" : "");
    }

    /** Returns whether an install of this kind would have done the same. */
    boolean serves(boolean bare, boolean frozen) {
        return mode.startsWith(mode(bare, false)) && (frozen || !mode.endsWith("frozen"));
    }

    private static String mark(LockedPackage one) {
        return one.version() + " " + one.integrityText();
    }

    boolean vouchesFor(LockedPackage one, String currentBoot) {
        return boot.equals(currentBoot) && mark(one).equals(packages.get(one.id().text()));
    }

    /** Returns what stands there, sorted; only what a valid stamp says. */
    List<ChangeOutcome.Named> named() {
        List<ChangeOutcome.Named> named = new ArrayList<>(packages.size());
        packages.forEach((id, mark) ->
                named.add(
                        new ChangeOutcome.Named(
                                new PackageId(id),
                                Version.parse(mark.substring(0, mark.indexOf(' '))))));
        named.sort((a, b) -> a.id().compareTo(b.id()));
        return named;
    }

    void write(Path file) throws IOException {
        var text = new StringBuilder(HEADER);
        text.append('\n').append(boot).append('\n').append(mode).append('\n');
        text.append(manifest.length()).append(' ').append(lockfile.length()).append('\n');
        packages.forEach((id, mark) -> text.append(id).append(' ').append(mark).append('\n'));
        text.append('\n').append(manifest).append(lockfile);
        DurableFiles.writeAtomically(file, Bytes.utf8(text.toString()));
    }

    /** Reads the stamp; a missing or malformed one says nothing. */
    static Optional<InstalledState> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<InstalledState> parse(String text) {
        int body = text.indexOf("\n\n");
        String[] lines = text.substring(0, Math.max(body, 0)).split("\n", -1);
        if (lines.length < 4 || !lines[0].equals(HEADER)) {
            return Optional.empty();
        }
        int space = lines[3].indexOf(' ');
        int manifest = Integer.parseInt(lines[3].substring(0, space));
        int lockfile = Integer.parseInt(lines[3].substring(space + 1));
        int start = body + 2;
        if (text.length() != start + manifest + lockfile) {
            return Optional.empty();
        }
        Map<String, String> packages = HashMap.newHashMap(lines.length);
        for (int i = 4; i < lines.length; i++) {
            int end = lines[i].indexOf(' ');
            packages.put(lines[i].substring(0, end), lines[i].substring(end + 1));
        }
        return Optional.of(
                new InstalledState(
                        lines[1],
                        lines[2],
                        text.substring(start, start + manifest),
                        text.substring(start + manifest),
                        packages));
    }
}

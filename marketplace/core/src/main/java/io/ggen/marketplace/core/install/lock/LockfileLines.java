package io.ggen.marketplace.core.install.lock;

import io.ggen.marketplace.model.PackageId;

/** Finds where in a lockfile's text something is said, for errors. Stateless. */
public final class LockfileLines {
    private LockfileLines() {}

    /**
     * Returns the number of the line on which the package {@code id} says {@code key}: the line of
     * its {@code [[package]]} where it does not say it, 1 where it is not in the text.
     */
    public static int line(String text, PackageId id, String key) {
        String[] lines = text.split("\n", -1);
        String wanted = "id = \"" + id + "\"";
        int begin = 0;
        int said = 0;
        boolean found = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith("[[")) {
                if (found) {
                    break;
                }
                begin = i;
                said = 0;
            } else if (line.startsWith(key + " ") || line.startsWith(key + "=")) {
                said = i;
            }
            found |= line.equals(wanted);
        }
        return found ? Math.max(begin, said) + 1 : 1;
    }
}

package io.ggen.marketplace.core.publish;

import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what should not be published: private keys, tokens of well-known services, and files that
 * hold secrets by their name. Looks at the first 8 MiB of each file. Blocks on I/O.
 */
public final class SecretsGuard {
    private static final int MAX_LOOKED_AT = 8 << 20;
    private static final int MAX_FAULTS = 100;
    private static final int STEP = 64 * 1024;
    private static final String HINT =
            "take it out, list the file in .ggenignore, or say --allow-secrets when it is no"
                    + " secret";

    private final List<Fault> faults = new ArrayList<>();

    private SecretsGuard() {}

    /** Returns a fault with file, line and column for each secret, at most 100. */
    public static List<Fault> scan(Iterable<? extends TreeEntry> entries) throws IOException {
        var guard = new SecretsGuard();
        for (TreeEntry entry : entries) {
            if (entry instanceof TreeEntry.RegularFile file && guard.hasRoom()) {
                guard.scan(file);
            }
        }
        return guard.faults;
    }

    private void scan(TreeEntry.RegularFile file) throws IOException {
        SecretNames.kindOf(file.path())
                .ifPresent(kind -> faults.add(new Fault(file.path(), 0, 0, kind, HINT)));
        int size = (int) Math.min(file.size(), MAX_LOOKED_AT);
        byte[] window = new byte[Math.min(size, STEP) + SecretTokens.LOOK_AHEAD];
        try (InputStream in = file.source().open()) {
            var place = new Place(file.path());
            int length = in.readNBytes(window, 0, Math.min(size, window.length));
            int left = size - length;
            while (left > 0) {
                int searched = length - SecretTokens.LOOK_AHEAD;
                search(window, length, searched, place);
                System.arraycopy(window, searched, window, 0, length - searched);
                length -= searched;
                int read = in.readNBytes(window, length, Math.min(left, window.length - length));
                length += read;
                left = read == 0 ? 0 : left - read;
            }
            search(window, length, length, place);
        }
    }

    private void search(byte[] window, int length, int searched, Place place) {
        byte before = place.before;
        for (int at = 0; at < searched && hasRoom(); at++) {
            byte next = window[at];
            if (at + 1 < length && SecretTokens.mayBegin(next, window[at + 1])) {
                String kind = SecretTokens.kindAt(window, at, length, before);
                if (!kind.isEmpty()) {
                    faults.add(place.fault(at, kind));
                }
            }
            before = next;
            place.pass(at, next);
        }
        place.move(searched, before);
    }

    private boolean hasRoom() {
        return faults.size() < MAX_FAULTS;
    }

    /** Where the search stands in a file. */
    private static final class Place {
        private final String path;
        private int line = 1;
        private int lineStart;
        private byte before = '\n';

        Place(String path) {
            this.path = path;
        }

        void pass(int at, byte next) {
            if (next == '\n') {
                line++;
                lineStart = at + 1;
            }
        }

        void move(int searched, byte last) {
            lineStart -= searched;
            before = last;
        }

        Fault fault(int at, String kind) {
            return new Fault(path, line, at - lineStart + 1, kind, HINT);
        }
    }
}

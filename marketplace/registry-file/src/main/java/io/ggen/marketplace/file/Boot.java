package io.ggen.marketplace.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells one start of the machine from another. */
final class Boot {
    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /** Returns a number of this start; 0 where the system does not tell. */
    static long current() {
        try {
            return Fnv.hash(Files.readString(ID));
        } catch (IOException e) {
            return 0;
        }
    }
}

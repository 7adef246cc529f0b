package io.ggen.content;

/** A file or a folder of a package, by its path: {@link PathRules} hold. */
public sealed interface TreeEntry {
    /** Returns the path, separated by {@code /}, without a slash at its end. */
    String path();

    /** Returns the path as an archive writes it: a folder's ends with a slash. */
    String archiveName();

    /** A folder. */
    record Directory(String path) implements TreeEntry {
        /** Checks the path. */
        public Directory {
            PathRules.check(path);
        }

        @Override
        public String archiveName() {
            return path + "/";
        }
    }

    /**
     * A file.
     *
     * @param size in bytes, exactly what {@code source} yields
     * @param executable whether its owner may run it
     */
    record RegularFile(String path, long size, boolean executable, ByteSource source)
            implements TreeEntry {
        /** The largest file, in bytes: what the size field of an archive holds. */
        public static final long MAX_SIZE = (1L << 33) - 1;

        /** Checks path and size. */
        public RegularFile {
            PathRules.check(path);
            if (size < 0 || size > MAX_SIZE) {
                throw ContentException.limit(
                        "file " + PathRules.shown(path) + " has an impossible size: " + size);
            }
        }

        @Override
        public String archiveName() {
            return path;
        }
    }
}

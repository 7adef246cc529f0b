package io.ggen.marketplace.file;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Hashes and counts what is written, and hands it on. Not thread-safe. */
final class HashingOutput extends OutputStream {
    private final MessageDigest digest;
    private final OutputStream next;
    private long count;

    HashingOutput(MessageDigest digest, OutputStream next) {
        this.digest = digest;
        this.next = next;
    }

    /** Makes one that hashes alone. */
    HashingOutput(MessageDigest digest) {
        this(digest, OutputStream.nullOutputStream());
    }

    long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        digest.update((byte) b);
        next.write(b);
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        next.write(bytes, offset, length);
        count += length;
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    /** Ends here: what comes next stays open. */
    @Override
    public void close() throws IOException {
        next.flush();
    }
}

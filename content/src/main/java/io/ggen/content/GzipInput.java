package io.ggen.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks exactly one gzip member that fills its stream, and stops where it unpacks to more than
 * the policy's ratio allows. Checksum and length are verified before the end is reported. Confined
 * to one thread; closes what it reads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
public final class GzipInput extends FilterInputStream {
    private static final int MAX_HEADER_FIELD = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final ArchivePolicy policy;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[8192];
    private int buffered;
    private boolean started;
    private boolean ended;

    /** Wraps a stream at the first byte of a member; nothing is read yet. */
    public GzipInput(InputStream packed, ArchivePolicy policy) {
        super(packed);
        this.policy = policy;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!started) {
            started = true;
            header();
        }
        return ended ? -1 : inflate(into, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        super.close();
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        try {
            int read = inflater.inflate(into, offset, length);
            while (read == 0 && !inflater.finished()) {
                if (inflater.needsDictionary() || !fill()) {
                    throw ContentException.malformed("a gzip member is cut off");
                }
                inflater.setInput(packed, 0, buffered);
                read = inflater.inflate(into, offset, length);
            }
            checksum.update(into, offset, read);
            refuseBomb();
            if (read == 0) {
                end();
                return -1;
            }
            return read;
        } catch (DataFormatException e) {
            throw ContentException.malformed("a gzip member is damaged: " + e.getMessage());
        }
    }

    private boolean fill() throws IOException {
        buffered = Math.max(0, in.read(packed, 0, packed.length));
        return buffered > 0;
    }

    private void refuseBomb() {
        long unpacked = inflater.getBytesWritten();
        if (unpacked > policy.ratioFloor()
                && unpacked / policy.maxRatio() > inflater.getBytesRead()) {
            throw ContentException.limit(
                    "a gzip member unpacks to more than " + policy.maxRatio() + " times its size");
        }
    }

    private void header() throws IOException {
        boolean gzip = take() == 0x1f && take() == 0x8b && take() == 8;
        int flags = gzip ? take() : RESERVED;
        if ((flags & RESERVED) != 0) {
            throw ContentException.malformed("the archive is not gzip");
        }
        skipBytes(6);
        if ((flags & EXTRA) != 0) {
            skipBytes(take() | take() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skipBytes(2);
        }
    }

    private void skipBytes(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            take();
        }
    }

    private void skipText() throws IOException {
        for (int i = 0; take() != 0; i++) {
            if (i > MAX_HEADER_FIELD) {
                throw ContentException.limit("a gzip header without end");
            }
        }
    }

    private int take() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw ContentException.malformed("a gzip member is cut off");
        }
        return next;
    }

    /** Reads the trailer, part of which the inflater's buffer may hold. */
    private void end() throws IOException {
        ended = true;
        int left = inflater.getRemaining();
        int at = buffered - left;
        long[] words = new long[2];
        for (int i = 0; i < 8; i++) {
            int next = left-- > 0 ? packed[at++] & 0xff : take();
            words[i / 4] |= (long) next << (8 * (i % 4));
        }
        if (words[0] != checksum.getValue()
                || words[1] != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw ContentException.malformed("checksum or length of a gzip member is wrong");
        }
        if (left > 0 || in.read() >= 0) {
            throw ContentException.malformed("bytes follow a gzip member");
        }
    }
}

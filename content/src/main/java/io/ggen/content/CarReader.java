package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CAR v1 as it comes: header at most 64 KiB, CIDs at most 168 bytes, blocks at most {@link
 * BlockSink#MAX_BLOCK}. Every block is verified against its CID. The roots are the writer's claim
 * and mean nothing. Holds one block. Confined to one thread.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CARv1</a>
 */
public final class CarReader {
    private static final int MAX_HEADER = 64 * 1024;
    private static final int BUFFER = 16 * 1024;
    private static final int MAX_VARINT = 9;

    private final InputStream in;
    private final List<Cid> roots;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /**
     * Reads the header.
     *
     * @throws ContentException when it is malformed, of another version or too long
     */
    public CarReader(InputStream in) throws IOException {
        this.in = in;
        long length = length().orElseThrow(() -> ContentException.malformed("a CAR is empty"));
        if (length > MAX_HEADER) {
            throw ContentException.limit("a CAR's header has " + length + " bytes");
        }
        this.roots = CarHeader.decode(Bytes.wrap(exactly((int) length))).roots();
    }

    /** Returns the roots of the header; nothing says that their blocks follow. */
    public List<Cid> roots() {
        return roots;
    }

    /**
     * Reads the next block; empty at the end, which may be an early one: whoever needs all of a DAG
     * walks it.
     *
     * @throws ContentException when a section is malformed or too long, its hash is not known, or
     *     the block is not the one of its name
     * @throws IOException when the input fails or ends within a section
     */
    public Optional<Block> next() throws IOException {
        Optional<Long> length = length();
        if (length.isEmpty()) {
            return Optional.empty();
        }
        long left = length.get();
        if (left > BlockSink.MAX_BLOCK + Cid.MAX_LENGTH) {
            throw ContentException.limit("a section of a CAR has " + left + " bytes");
        }
        Cid cid = cid(left);
        int size = (int) left - cid.encode().length();
        if (size > BlockSink.MAX_BLOCK) {
            throw ContentException.limit("block " + cid + " has " + size + " bytes");
        }
        var block = new Block(cid, Bytes.wrap(exactly(size)));
        if (!block.isGenuine()) {
            throw new ContentException(
                    Reason.CORRUPT_BLOCK, "block " + cid + " does not have the bytes of its name");
        }
        return Optional.of(block);
    }

    /** Reads a CID without knowing its length: its own numbers say where it ends. */
    private Cid cid(long sectionLeft) throws IOException {
        int most = (int) Math.min(Cid.MAX_LENGTH, sectionLeft);
        ensure(most);
        int start = at;
        if (most >= 2 && buffer[at] == 0x12 && buffer[at + 1] == 0x20) {
            at += 2;
            return cid(taken(start, 32, most));
        }
        number(start, most); // version
        number(start, most); // codec
        number(start, most); // hash
        long digest = number(start, most);
        return cid(taken(start, digest, most));
    }

    private Bytes taken(int start, long more, int most) {
        if (more > most - (at - start)) {
            throw ContentException.malformed("a CID of a CAR is longer than it may be");
        }
        at += (int) more;
        return Bytes.of(Arrays.copyOfRange(buffer, start, at));
    }

    private long number(int start, int most) {
        long value = 0;
        for (int i = 0; i < MAX_VARINT && at - start < most; i++) {
            byte group = buffer[at++];
            value |= (long) (group & 0x7f) << (7 * i);
            if (group >= 0) {
                return value;
            }
        }
        throw ContentException.malformed("a CID of a CAR is cut off");
    }

    static Cid cid(Bytes bytes) {
        try {
            return Cid.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw ContentException.malformed("a CAR has an unsound CID: " + e.getMessage());
        }
    }

    /** Reads a length; empty at the end of the input. */
    private Optional<Long> length() throws IOException {
        if (at == end && !fill()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < MAX_VARINT; i++) {
            if (at == end && !fill()) {
                throw new EOFException("a CAR ends within a length");
            }
            byte group = buffer[at++];
            value |= (long) (group & 0x7f) << (7 * i);
            if (group >= 0) {
                if (value == 0 || group == 0) {
                    throw ContentException.malformed("a length of a CAR is zero or not minimal");
                }
                return Optional.of(value);
            }
        }
        throw ContentException.malformed("a length of a CAR is out of range");
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /** Brings at least that many bytes, few enough for the buffer, into it. */
    private void ensure(int count) throws IOException {
        if (end - at < count) {
            System.arraycopy(buffer, at, buffer, 0, end - at);
            end -= at;
            at = 0;
            end += in.readNBytes(buffer, end, count - end);
            if (end < count) {
                throw new EOFException("a CAR ends within a section");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int buffered = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, 0, buffered);
        at += buffered;
        if (in.readNBytes(bytes, buffered, length - buffered) < length - buffered) {
            throw new EOFException("a CAR ends within a section");
        }
        return bytes;
    }
}

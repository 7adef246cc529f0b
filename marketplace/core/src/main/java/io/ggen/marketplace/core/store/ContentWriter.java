package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentDigest;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the blocks of one content and hands them back; what is small stays in memory until {@link
 * #keep}. Used by one thread.
 */
public final class ContentWriter implements BlockSink, BlockSource {
    private static final int FLUSH_AT = 1024 * 1024;
    private static final int INITIAL = 16 * 1024;

    private final StoreWriter session;
    private final Places.Builder places = new Places.Builder();
    private final Map<Bytes, Integer> indexes = new HashMap<>();
    private byte[] buffer = new byte[INITIAL];
    private int used;
    private int firstHeld;

    ContentWriter(StoreWriter session) {
        this.session = session;
    }

    @Override
    public void put(Cid cid, ByteBuffer block) throws IOException {
        Bytes digest = cid.hash().digest();
        if (indexes.putIfAbsent(digest, places.count()) != null) {
            return;
        }
        int length = block.remaining();
        if (used > 0 && used + length > FLUSH_AT) {
            flush();
        }
        if (used + length > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(buffer.length * 2, used + length));
        }
        places.add(digest.toArray(), used, length);
        block.get(buffer, used, length);
        used += length;
    }

    /** Returns a block that was put; whoever reads it verifies it. */
    @Override
    public Optional<Bytes> get(Cid cid) throws IOException {
        Integer index = indexes.get(cid.hash().digest());
        if (index == null) {
            return Optional.empty();
        }
        Places.Place place = places.build(0).get(index);
        if (index < firstHeld) {
            return session.read(place.offset(), place.length());
        }
        int start = (int) place.offset();
        return Optional.of(
                Bytes.wrap(java.util.Arrays.copyOfRange(buffer, start, start + place.length())));
    }

    private void flush() throws IOException {
        long base = session.append(ByteBuffer.wrap(buffer, 0, used));
        places.shift(firstHeld, base);
        firstHeld = places.count();
        used = 0;
    }

    /**
     * Says that the blocks make up the whole of {@code digest}: it gets registered when the session
     * commits.
     */
    public void keep(ContentDigest digest) throws IOException {
        flush();
        session.keep(new StoredContent(digest, places.build(session.segment())));
    }

    /**
     * Makes durable what was put so far of a content that is still coming: after a crash {@link
     * BlockStore#get} has it, and whoever fetches the content puts it again from there. A part that
     * never becomes whole goes when the store is swept a day later.
     *
     * @param root of the content
     */
    public void keepPart(Cid root, Instant now) throws IOException {
        flush();
        session.keepPart(root, places.build(session.segment()), now);
    }
}

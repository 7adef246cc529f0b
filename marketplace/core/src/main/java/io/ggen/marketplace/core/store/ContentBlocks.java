package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSource;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks of one content as they lie on the disk; a small content is read in one go. Whoever
 * asks verifies them. Used by one thread.
 */
final class ContentBlocks implements BlockSource {
    private static final long AT_ONCE = 4 * 1024 * 1024;

    private final BlockStore store;
    private final long segment;
    private final Map<Bytes, Places.Place> places;
    private long first;
    private @Nullable Bytes range;
    private boolean tried;

    ContentBlocks(BlockStore store, Places places) {
        this.store = store;
        this.segment = places.segment();
        this.places = places.byDigest();
    }

    @Override
    public Optional<Bytes> get(Cid cid) throws IOException {
        Places.Place place = places.get(cid.hash().digest());
        if (place != null) {
            Optional<Bytes> block = read(place);
            if (block.isPresent()) {
                return block;
            }
        }
        return store.get(cid);
    }

    private Optional<Bytes> read(Places.Place place) throws IOException {
        if (!tried) {
            tried = true;
            range = readAll();
        }
        if (range == null) {
            return store.segments().read(segment, place.offset(), place.length());
        }
        int start = (int) (place.offset() - first);
        return Optional.of(range.slice(start, start + place.length()));
    }

    private @Nullable Bytes readAll() throws IOException {
        long from = Long.MAX_VALUE;
        long to = 0;
        for (Places.Place place : places.values()) {
            from = Math.min(from, place.offset());
            to = Math.max(to, place.offset() + place.length());
        }
        if (to <= from || to - from > AT_ONCE) {
            return null;
        }
        first = from;
        return store.segments().read(segment, from, (int) (to - from)).orElse(null);
    }
}

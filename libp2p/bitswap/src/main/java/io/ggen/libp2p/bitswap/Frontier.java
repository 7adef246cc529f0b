package io.ggen.libp2p.bitswap;

import io.ggen.base.Bytes;
import io.ggen.content.BlockHash;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentException;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.content.DagPbLink;
import io.ggen.libp2p.bitswap.session.WantSession.Wanted;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a DAG is known and missing. All children of a block are known as soon as it is there, so
 * that a whole level is asked for at once. Confined to one thread.
 */
final class Frontier {
    private static final long NODE = 64 * 1024;

    private final BlockSource held;
    private final DagLimits limits;
    private final Map<Cid, Integer> depths = new HashMap<>();
    private final Deque<Wanted> missing = new ArrayDeque<>();
    private final Deque<Cid> arrived = new ArrayDeque<>();
    private long heldBlocks;
    private long bytes;

    Frontier(BlockSource held, DagLimits limits) {
        this.held = held;
        this.limits = limits;
    }

    /**
     * Begins at {@code root}.
     *
     * @throws ContentException when a held block is malformed or a limit is reached
     */
    void begin(Cid root) throws IOException {
        discover(root, Wanted.UNKNOWN, 1);
        settle();
    }

    /** Goes on below a fetched block; throws as {@link #begin} does. */
    void fetched(Cid cid, Bytes block) throws IOException {
        bytes += block.length();
        if (bytes > limits.maxBytes()) {
            throw new ContentException(
                    ContentException.Reason.LIMIT, "more than " + limits.maxBytes() + " bytes");
        }
        discoverBelow(cid, block);
        settle();
    }

    /** Goes through blocks that are here, without recursion. */
    private void settle() throws IOException {
        while (!arrived.isEmpty()) {
            Cid cid = arrived.pop();
            Optional<Bytes> block = node(cid);
            if (block.isPresent()) {
                discoverBelow(cid, block.get());
            } else {
                missing.add(new Wanted(cid, Wanted.UNKNOWN));
                heldBlocks--;
            }
        }
    }

    /** Returns a held node that is the right one; leaves are not read. */
    private Optional<Bytes> node(Cid cid) throws IOException {
        Optional<Bytes> inline = Dag.inline(cid);
        if (inline.isPresent() || cid.codec() == Cid.RAW) {
            return Optional.of(inline.orElse(Bytes.empty()));
        }
        return held.get(cid).filter(block -> BlockHash.matches(cid, block));
    }

    private void discoverBelow(Cid cid, Bytes block) throws IOException {
        List<DagPbLink> links = Dag.links(cid, block);
        int depth = depths.getOrDefault(cid, 1) + 1;
        for (DagPbLink link : links) {
            discover(link.cid(), link.totalSize(), depth);
        }
    }

    private void discover(Cid cid, long size, int depth) throws IOException {
        if (depths.containsKey(cid)) {
            return;
        }
        if (depth > limits.maxDepth() || depths.size() >= limits.maxBlocks()) {
            throw new ContentException(
                    ContentException.Reason.LIMIT,
                    "a DAG has more than %d blocks or %d levels"
                            .formatted(limits.maxBlocks(), limits.maxDepth()));
        }
        if (!BlockHash.isKnown(cid)) {
            throw new ContentException(
                    ContentException.Reason.UNSUPPORTED_ENTRY,
                    "block " + cid + " is named by a hash that is not verified here");
        }
        depths.put(cid, depth);
        if (Dag.inline(cid).isPresent() || held.contains(cid)) {
            heldBlocks++;
            arrived.add(cid);
        } else {
            missing.add(new Wanted(cid, likely(cid, size)));
        }
    }

    /**
     * A link's size is a claim, and of everything below: it only says how many to ask for at once.
     */
    private static long likely(Cid cid, long claimed) {
        long most = cid.codec() == Cid.RAW ? BlockSink.MAX_BLOCK : NODE;
        return claimed <= 0 ? Wanted.UNKNOWN : Math.min(claimed, most);
    }

    /** Takes up to {@code most} blocks that are to be fetched. */
    List<Wanted> take(int most) {
        List<Wanted> taken = new ArrayList<>();
        while (taken.size() < most && !missing.isEmpty()) {
            taken.add(missing.remove());
        }
        return taken;
    }

    boolean isEmpty() {
        return missing.isEmpty();
    }

    long known() {
        return depths.size();
    }

    long held() {
        return heldBlocks;
    }
}

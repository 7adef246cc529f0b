package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of a DAG is known and missing. All children of a block are known as soon as it is there, so
 * that a whole level is asked for at once. Confined to one thread.
 */
public final class DagFrontier {
    private static final long NODE = 64 * 1024;

    private final BlockSource held;
    private final DagLimits limits;
    private final Set<Cid> open = new HashSet<>();
    private final Map<Cid, Integer> depths = new HashMap<>();
    private final Deque<Missing> missing = new ArrayDeque<>();
    private final Deque<Cid> arrived = new ArrayDeque<>();
    private long heldBlocks;
    private long bytes;

    /**
     * A block to be fetched.
     *
     * @param size how long it is by the word of who links it, or a guess
     */
    public record Missing(Cid cid, long size) {
        /** The size of a block of which nothing is known. */
        public static final long UNKNOWN = 256 * 1024;
    }

    /**
     * Makes a frontier that has not begun.
     *
     * @param held what is here already; its leaves are believed, its nodes verified
     */
    public DagFrontier(BlockSource held, DagLimits limits) {
        this.held = held;
        this.limits = limits;
    }

    /**
     * Begins at {@code root}.
     *
     * @throws ContentException when a held block is malformed or a limit is reached
     */
    public void begin(Cid root) throws IOException {
        discover(root, Missing.UNKNOWN, 1);
        settle();
    }

    /** Goes on below a missing block that has come, verified; throws as {@link #begin} does. */
    public void fetched(Cid cid, Bytes block) throws IOException {
        if (!open.remove(cid)) {
            throw ContentException.malformed("block " + cid + " is not one that is missing");
        }
        bytes += block.length();
        if (bytes > limits.maxBytes()) {
            throw ContentException.limit("more than " + limits.maxBytes() + " bytes");
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
                miss(cid, Missing.UNKNOWN);
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
            throw ContentException.limit(
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
            miss(cid, likely(cid, size));
        }
    }

    private void miss(Cid cid, long size) {
        open.add(cid);
        missing.add(new Missing(cid, size));
    }

    /**
     * A link's size is a claim, and of everything below: it only says how many to ask for at once.
     */
    private static long likely(Cid cid, long claimed) {
        long most = cid.codec() == Cid.RAW ? BlockSink.MAX_BLOCK : NODE;
        return claimed <= 0 ? Missing.UNKNOWN : Math.min(claimed, most);
    }

    /** Returns whether {@code cid} belongs to the DAG and is not here. */
    public boolean misses(Cid cid) {
        return open.contains(cid);
    }

    /** Returns whether {@code cid} is known to belong to the DAG. */
    public boolean knows(Cid cid) {
        return depths.containsKey(cid);
    }

    /** Takes up to {@code most} blocks that are to be fetched; each is handed out once. */
    public List<Missing> take(int most) {
        List<Missing> taken = new ArrayList<>();
        while (taken.size() < most && !missing.isEmpty()) {
            Missing next = missing.remove();
            if (open.contains(next.cid())) {
                taken.add(next);
            }
        }
        return taken;
    }

    /** Returns whether every block is here. */
    public boolean isComplete() {
        return open.isEmpty();
    }

    /** Returns some of the blocks that are missing, to be named in a message. */
    public List<Cid> missing(int most) {
        return open.stream().limit(most).toList();
    }

    /** Returns how many blocks are known to belong to the DAG. */
    public long known() {
        return depths.size();
    }

    /** Returns how many blocks were here before. */
    public long held() {
        return heldBlocks;
    }
}

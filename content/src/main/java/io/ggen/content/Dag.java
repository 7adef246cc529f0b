package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DAGs of raw blocks and dag-pb nodes as anybody makes them. A cycle would need a block that holds
 * its own hash; the limits hold without that argument. Stateless.
 */
public final class Dag {
    private Dag() {}

    /** How many different blocks a walk met, and how long they are together. */
    public record Extent(long blocks, long bytes) {}

    /**
     * Returns the links of a block in their order; none for a raw one.
     *
     * @throws ContentException when it is malformed or of another codec
     */
    public static List<DagPbLink> links(Cid cid, Bytes block) {
        if (cid.codec() == Cid.RAW) {
            return List.of();
        }
        if (cid.codec() == Cid.DAG_PB) {
            return DagPbNode.decodeAny(block).links();
        }
        throw new ContentException(
                Reason.UNSUPPORTED_ENTRY,
                "block "
                        + cid
                        + " is of codec 0x"
                        + Long.toHexString(cid.codec())
                        + ", which is not walked");
    }

    /** Returns the bytes of a CID that carries its block itself; empty for any other. */
    public static Optional<Bytes> inline(Cid cid) {
        return cid.hash().code() == Multihash.IDENTITY
                ? Optional.of(cid.hash().digest())
                : Optional.empty();
    }

    /**
     * Hands every block below {@code root} to {@code sink}, depth first, parents before children,
     * one that occurs twice once. Blocks on what the two block on; holds the links of one block for
     * each level and the CIDs of all. The source's blocks are taken as they are: {@link
     * BlockSource#verified} has them verified.
     *
     * @throws ContentException when a block is missing or malformed, or a limit is reached
     */
    public static Extent walk(Cid root, BlockSource source, DagLimits limits, BlockSink sink)
            throws IOException {
        return new Walk(source, limits, sink).run(root);
    }

    private static final class Walk {
        private final BlockSource source;
        private final DagLimits limits;
        private final BlockSink sink;
        private final Set<Cid> met = new HashSet<>();
        private final Deque<Iterator<DagPbLink>> path = new ArrayDeque<>();
        private long bytes;

        Walk(BlockSource source, DagLimits limits, BlockSink sink) {
            this.source = source;
            this.limits = limits;
            this.sink = sink;
        }

        Extent run(Cid root) throws IOException {
            enter(root);
            while (!path.isEmpty()) {
                if (path.element().hasNext()) {
                    enter(path.element().next().cid());
                } else {
                    path.pop();
                }
            }
            return new Extent(met.size(), bytes);
        }

        private void enter(Cid cid) throws IOException {
            if (!met.add(cid)) {
                return;
            }
            if (met.size() > limits.maxBlocks()) {
                throw ContentException.limit("more than " + limits.maxBlocks() + " blocks");
            }
            Bytes block = block(cid);
            bytes += block.length();
            if (bytes > limits.maxBytes()) {
                throw ContentException.limit("more than " + limits.maxBytes() + " bytes");
            }
            sink.put(cid, block.buffer());
            descend(links(cid, block));
        }

        private Bytes block(Cid cid) throws IOException {
            var inline = inline(cid);
            Bytes block =
                    inline.isPresent()
                            ? inline.get()
                            : source.get(cid)
                                    .orElseThrow(() ->
                                            new ContentException(
                                                    Reason.MISSING_BLOCK, "no block " + cid));
            if (block.length() > BlockSink.MAX_BLOCK) {
                throw ContentException.limit("block " + cid + " has " + block.length() + " bytes");
            }
            return block;
        }

        private void descend(List<DagPbLink> links) {
            if (links.isEmpty()) {
                return;
            }
            if (path.size() >= limits.maxDepth() - 1) {
                throw ContentException.limit("more than " + limits.maxDepth() + " levels");
            }
            path.push(links.iterator());
        }
    }
}

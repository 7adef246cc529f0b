package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The blocks from a root along a path of names to its end, and below that end as far as a {@link
 * DagScope} reaches; depth first, each once. Made by {@link #resolve}; confined to one thread.
 */
public final class DagSelection {
    private static final int MAX_SEGMENTS = 64;

    private final BlockSource source;
    private final DagLimits limits;
    private final Map<Cid, Bytes> path = new LinkedHashMap<>();
    private Cid end;

    private DagSelection(Cid root, BlockSource source, DagLimits limits) {
        this.end = root;
        this.source = source;
        this.limits = limits;
    }

    /**
     * Follows {@code names} from {@code root} through folders, sharded ones included. Empty when a
     * name is not there. Holds the blocks on the way.
     *
     * @throws ContentException MISSING_BLOCK when one of them is not there, or another when one is
     *     malformed
     */
    public static Optional<DagSelection> resolve(
            Cid root, List<String> names, BlockSource source, DagLimits limits) throws IOException {
        if (names.size() > MAX_SEGMENTS) {
            throw ContentException.limit("a path of more than " + MAX_SEGMENTS + " names");
        }
        var selection = new DagSelection(root, source, limits);
        selection.pass(root);
        for (String name : names) {
            Optional<Cid> next = selection.child(selection.end, name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            selection.end = next.get();
            selection.pass(selection.end);
        }
        return Optional.of(selection);
    }

    /** Returns where the path ends. */
    public Cid end() {
        return end;
    }

    private Bytes pass(Cid cid) throws IOException {
        Bytes block = block(cid);
        path.put(cid, block);
        return block;
    }

    private Bytes block(Cid cid) throws IOException {
        Optional<Bytes> inline = Dag.inline(cid);
        if (inline.isPresent()) {
            return inline.get();
        }
        return source.get(cid)
                .orElseThrow(() -> new ContentException(Reason.MISSING_BLOCK, "no block " + cid));
    }

    private Optional<Cid> child(Cid folder, String name) throws IOException {
        if (folder.codec() != Cid.DAG_PB) {
            return Optional.empty();
        }
        DagPbNode node = DagPbNode.decodeAny(block(folder));
        return UnixFsShape.of(node.data()).kind() == UnixFsShape.Kind.SHARD
                ? shardChild(node, name)
                : node.links().stream()
                        .filter(link -> link.name().equals(name))
                        .map(DagPbLink::cid)
                        .findFirst();
    }

    private Optional<Cid> shardChild(DagPbNode root, String name) throws IOException {
        DagPbNode node = root;
        long hash = FolderDag.hash(name);
        for (int depth = 0; depth < FolderDag.MAX_SHARD_DEPTH; depth++) {
            String prefix = FolderDag.prefix(FolderDag.slot(hash, depth));
            Optional<DagPbLink> below = Optional.empty();
            for (DagPbLink link : node.links()) {
                if (link.name().equals(prefix + name)) {
                    return Optional.of(link.cid());
                }
                below = link.name().equals(prefix) ? Optional.of(link) : below;
            }
            if (below.isEmpty()) {
                return Optional.empty();
            }
            node = DagPbNode.decodeAny(pass(below.get().cid()));
        }
        return Optional.empty();
    }

    /**
     * Hands the blocks to {@code sink}. May end with an exception after some of them.
     *
     * @throws ContentException when a block is missing or malformed, or a limit is reached
     */
    public void walk(DagScope scope, BlockSink sink) throws IOException {
        for (Map.Entry<Cid, Bytes> passed : path.entrySet()) {
            if (!passed.getKey().equals(end)) {
                sink.put(passed.getKey(), passed.getValue().buffer());
            }
        }
        switch (scope) {
            case DagScope.BlockOnly one -> sink.put(end, block(end).buffer());
            case DagScope.All all -> Dag.walk(end, source, limits, new Unpassed(sink));
            case DagScope.Entity entity -> new Entity(entity.range(), sink).walk(end, 1);
        }
    }

    /** Leaves out what was handed over on the way. */
    private final class Unpassed implements BlockSink {
        private final BlockSink sink;

        Unpassed(BlockSink sink) {
            this.sink = sink;
        }

        @Override
        public void put(Cid cid, ByteBuffer block) throws IOException {
            if (cid.equals(end) || !path.containsKey(cid)) {
                sink.put(cid, block);
            }
        }
    }

    /** Walks one file or folder. */
    private final class Entity {
        private final DagScope.Range range;
        private final BlockSink sink;
        private final Set<Cid> met = new HashSet<>();

        Entity(DagScope.Range range, BlockSink sink) {
            this.range = range;
            this.sink = sink;
        }

        void walk(Cid cid, int depth) throws IOException {
            DagPbNode node = enter(cid, depth);
            UnixFsShape shape = UnixFsShape.of(node.data());
            switch (shape.kind()) {
                case FILE -> {
                    long size = size(shape);
                    if (range.first(size) < range.end(size) || range.isWhole()) {
                        file(node, shape, range.first(size), range.end(size), depth);
                    }
                }
                case SHARD -> shard(node, depth);
                case FOLDER, OTHER -> {
                    // the block itself is all
                }
            }
        }

        private static long size(UnixFsShape shape) {
            long size = shape.inline();
            for (long part : shape.parts()) {
                size = size > Long.MAX_VALUE - part ? Long.MAX_VALUE : size + part;
            }
            return size;
        }

        private DagPbNode enter(Cid cid, int depth) throws IOException {
            if (depth > limits.maxDepth() || met.size() >= limits.maxBlocks()) {
                throw ContentException.limit("an entity of too many blocks or levels");
            }
            Bytes block = block(cid);
            if (met.add(cid) && (cid.equals(end) || !path.containsKey(cid))) {
                sink.put(cid, block.buffer());
            }
            return cid.codec() == Cid.DAG_PB
                    ? DagPbNode.decodeAny(block)
                    : new DagPbNode(List.of(), Bytes.empty());
        }

        /** Goes into the parts that overlap {@code from} to {@code to} of this node's content. */
        private void file(DagPbNode node, UnixFsShape shape, long from, long to, int depth)
                throws IOException {
            boolean sized = shape.parts().size() == node.links().size();
            long at = shape.inline();
            for (int i = 0; i < node.links().size(); i++) {
                long size = sized ? shape.parts().get(i) : 0;
                boolean meant = !sized || at < to && from < saturatedSum(at, size);
                if (meant) {
                    part(node.links().get(i).cid(), from - at, to - at, depth + 1);
                }
                at = saturatedSum(at, size);
            }
        }

        private static long saturatedSum(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }

        private void part(Cid cid, long from, long to, int depth) throws IOException {
            if (met.contains(cid) && range.isWhole()) {
                return;
            }
            DagPbNode node = enter(cid, depth);
            UnixFsShape shape = UnixFsShape.of(node.data());
            if (shape.kind() == UnixFsShape.Kind.FILE) {
                file(node, shape, from, to, depth);
            }
        }

        private void shard(DagPbNode node, int depth) throws IOException {
            List<DagPbLink> below = new ArrayList<>(node.links());
            below.removeIf(link -> link.name().length() != 2);
            for (DagPbLink link : below) {
                if (!met.contains(link.cid())) {
                    shard(enter(link.cid(), depth + 1), depth + 1);
                }
            }
        }
    }
}

package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A file in blocks. Each stream verifies every block, and that the DAG has the one shape of a file
 * of this size; it holds one block of content and the links of one node for each level.
 */
record UnixFsFile(Cid cid, long size, VerifiedBlocks blocks) implements ByteSource {
    @Override
    public InputStream open() {
        return new Stream(blocks, new Part(cid, size, Chunking.STANDARD.depth(size)));
    }

    /** A subtree that is still to be read: what it must be, by its parent's word. */
    private record Part(Cid cid, long size, int depth) {}

    /**
     * Checks that {@code node} is a file of {@code size} bytes with {@code depth} levels of nodes;
     * returns its links.
     */
    static List<DagPbLink> partsOf(DagPbNode node, long size, int depth) {
        if (!(UnixFsData.decode(node.data()) instanceof UnixFsData.File file)) {
            throw ContentException.malformed("a part of a file is a folder");
        }
        long each = Chunking.STANDARD.capacity(depth - 1);
        boolean sound =
                file.size() == size
                        && depth > 0
                        && node.links().size() == (size + each - 1) / each
                        && file.partSizes().size() == node.links().size();
        for (int i = 0; sound && i < node.links().size(); i++) {
            DagPbLink link = node.links().get(i);
            long part = Math.min(each, size - i * each);
            boolean leaf = depth == 1;
            sound =
                    link.name().isEmpty()
                            && file.partSizes().get(i) == part
                            && link.cid().codec() == (leaf ? Cid.RAW : Cid.DAG_PB)
                            && (!leaf || link.totalSize() == part);
        }
        if (!sound) {
            throw ContentException.notCanonical(
                    "a file of " + size + " bytes is not cut as the profile cuts it");
        }
        return node.links();
    }

    private static final class Stream extends InputStream {
        private final VerifiedBlocks blocks;
        private final Deque<Part> parts = new ArrayDeque<>();
        private InputStream leaf = InputStream.nullInputStream();

        Stream(VerifiedBlocks blocks, Part root) {
            this.blocks = blocks;
            parts.push(root);
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
            int read = leaf.read(into, offset, length);
            while (read < 0 && !parts.isEmpty()) {
                advance(parts.pop());
                read = leaf.read(into, offset, length);
            }
            return read;
        }

        private void advance(Part part) throws IOException {
            if (part.depth() == 0) {
                leaf = leaf(part);
                return;
            }
            DagPbNode node = blocks.node(part.cid());
            List<DagPbLink> links = partsOf(node, part.size(), part.depth());
            long each = Chunking.STANDARD.capacity(part.depth() - 1);
            for (int i = links.size() - 1; i >= 0; i--) {
                long size = Math.min(each, part.size() - i * each);
                parts.push(new Part(links.get(i).cid(), size, part.depth() - 1));
            }
        }

        private InputStream leaf(Part part) throws IOException {
            Bytes block = blocks.get(part.cid());
            if (part.cid().codec() != Cid.RAW || block.length() != part.size()) {
                throw ContentException.notCanonical(
                        "block " + part.cid() + " is not " + part.size() + " bytes of a file");
            }
            return block.stream();
        }
    }
}

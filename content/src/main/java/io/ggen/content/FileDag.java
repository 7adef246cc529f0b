package io.ggen.content;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the balanced DAG of one file while its chunks arrive; holds at most one node's links for
 * each level. Single use, confined to one thread.
 */
final class FileDag {
    private final BlockWriter blocks;
    private final int maxLinks;
    private final List<List<Subtree>> levels = new ArrayList<>();

    FileDag(BlockWriter blocks, int maxLinks) {
        this.blocks = blocks;
        this.maxLinks = maxLinks;
    }

    /** Adds the next chunk; each but the last is of full size. */
    void chunk(byte[] buffer, int length) throws IOException {
        add(0, blocks.raw(buffer, length));
    }

    /** Ends the file; one without chunks is one empty block. */
    Subtree finish() throws IOException {
        if (levels.isEmpty()) {
            return blocks.raw(new byte[0], 0);
        }
        int level = 0;
        while (level < levels.size() - 1 || levels.get(level).size() > 1) {
            List<Subtree> parts = levels.get(level);
            if (!parts.isEmpty()) {
                Subtree parent = join(parts);
                parts.clear();
                add(level + 1, parent);
            }
            level++;
        }
        return levels.get(level).getFirst();
    }

    private void add(int level, Subtree part) throws IOException {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<Subtree> parts = levels.get(level);
        if (parts.size() == maxLinks) {
            Subtree parent = join(parts);
            parts.clear();
            add(level + 1, parent);
        }
        parts.add(part);
    }

    private Subtree join(List<Subtree> parts) throws IOException {
        List<DagPbLink> links = new ArrayList<>(parts.size());
        List<Long> sizes = new ArrayList<>(parts.size());
        long size = 0;
        for (Subtree part : parts) {
            links.add(part.link(""));
            sizes.add(part.contentBytes());
            size += part.contentBytes();
        }
        return blocks.node(links, new UnixFsData.File(size, sizes), size);
    }
}

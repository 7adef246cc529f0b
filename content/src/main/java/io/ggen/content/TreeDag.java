package io.ggen.content;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Builds the folders of a tree from its entries in canonical order. Single use, confined to one
 * thread.
 */
final class TreeDag {
    private final FolderDag folders;
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(String prefix, List<DagPbLink> entries) {
        String name() {
            return prefix.substring(prefix.lastIndexOf('/', prefix.length() - 2) + 1)
                    .replace("/", "");
        }
    }

    TreeDag(BlockWriter blocks) {
        folders = new FolderDag(blocks);
        open.push(new Open("", new ArrayList<>()));
    }

    void folder(String path) throws IOException {
        closeUpTo(path);
        open.push(new Open(path + "/", new ArrayList<>()));
    }

    void file(String path, Subtree content) throws IOException {
        closeUpTo(path);
        Open parent = open.element();
        parent.entries().add(content.link(path.substring(parent.prefix().length())));
    }

    Subtree finish() throws IOException {
        while (open.size() > 1) {
            close();
        }
        return folders.folder(open.pop().entries());
    }

    private void closeUpTo(String path) throws IOException {
        while (!path.startsWith(open.element().prefix())) {
            close();
        }
    }

    private void close() throws IOException {
        Open done = open.pop();
        open.element().entries().add(folders.folder(done.entries()).link(done.name()));
    }
}

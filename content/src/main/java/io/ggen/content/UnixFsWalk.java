package io.ggen.content;

import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a tree back from blocks. Every block is verified against its CID, and the DAG must be the
 * one that {@link ContentHasher} builds of this tree: sizes, order of links, and the form of large
 * folders included.
 */
public final class UnixFsWalk {
    private final VerifiedBlocks blocks;
    private final ArchivePolicy policy;
    private final Consumer<Cid> visited;
    private final Set<String> executables;
    private final List<TreeEntry> entries = new ArrayList<>();
    private long contentBytes;

    private record Folder(List<DagPbLink> entries, long totalSize) {}

    private UnixFsWalk(
            BlockSource source,
            ArchivePolicy policy,
            Set<String> executables,
            Consumer<Cid> visited) {
        this.blocks = new VerifiedBlocks(source);
        this.policy = policy;
        this.executables = executables;
        this.visited = visited;
    }

    /**
     * Reads the folders below {@code root}; the files are read, and their blocks verified, when
     * their sources are. Blocks on what {@code source} blocks on.
     *
     * @param executables paths of the files to be marked so, as the release lists them
     * @throws ContentException when a block is missing, corrupt, malformed or not canonical, the
     *     policy is exceeded, or an executable is not there
     */
    public static FileTree tree(
            Cid root, List<String> executables, BlockSource source, ArchivePolicy policy)
            throws IOException {
        Set<String> marked = new HashSet<>(executables);
        var walk = new UnixFsWalk(source, policy, marked, cid -> {});
        walk.enter(root, "");
        for (TreeEntry entry : walk.entries) {
            if (entry instanceof TreeEntry.RegularFile) {
                marked.remove(entry.path());
            }
        }
        if (!marked.isEmpty()) {
            throw ContentException.malformed(
                    "an executable is not in the package: "
                            + PathRules.shown(marked.iterator().next()));
        }
        return FileTree.of(walk.entries);
    }

    /**
     * Calls {@code visitor} with the CID of every block of the DAG, parents first, one that occurs
     * twice twice. Reads all nodes but not the leaves: these need not be there.
     */
    public static void visit(
            Cid root, BlockSource source, ArchivePolicy policy, Consumer<Cid> visitor)
            throws IOException {
        var walk = new UnixFsWalk(source, policy, Set.of(), visitor);
        walk.enter(root, "");
        for (TreeEntry entry : walk.entries) {
            if (entry instanceof TreeEntry.RegularFile file
                    && file.source() instanceof UnixFsFile content) {
                walk.visitFile(content.cid(), file.size(), Chunking.STANDARD.depth(file.size()));
            }
        }
    }

    private long enter(Cid cid, String prefix) throws IOException {
        Folder folder = folder(cid);
        for (DagPbLink link : folder.entries()) {
            if (link.name().indexOf('/') >= 0) {
                throw new ContentException(
                        ContentException.Reason.UNSAFE_PATH,
                        "a name holds a slash: " + PathRules.shown(link.name()));
            }
            if (entries.size() >= policy.maxEntries()) {
                throw ContentException.limit("more than " + policy.maxEntries() + " entries");
            }
            entry(link, prefix + link.name());
        }
        return folder.totalSize();
    }

    private void entry(DagPbLink link, String path) throws IOException {
        if (link.cid().codec() == Cid.RAW) {
            file(link, path, link.totalSize());
            return;
        }
        DagPbNode node = blocks.node(link.cid());
        if (UnixFsData.decode(node.data()) instanceof UnixFsData.File file) {
            UnixFsFile.partsOf(node, file.size(), Chunking.STANDARD.depth(file.size()));
            requireTotal(link, total(node));
            file(link, path, file.size());
        } else {
            entries.add(new TreeEntry.Directory(path));
            requireTotal(link, enter(link.cid(), path + "/"));
        }
    }

    private void file(DagPbLink link, String path, long size) {
        if (size > policy.maxFileBytes() || (contentBytes += size) > policy.maxUnpackedBytes()) {
            throw ContentException.limit(
                    "with " + PathRules.shown(path) + " the content is too large");
        }
        var content = new UnixFsFile(link.cid(), size, blocks);
        entries.add(new TreeEntry.RegularFile(path, size, executables.contains(path), content));
    }

    private Folder folder(Cid cid) throws IOException {
        visited.accept(cid);
        DagPbNode node = blocks.node(cid);
        UnixFsData data = UnixFsData.decode(node.data());
        if (data instanceof UnixFsData.File) {
            throw ContentException.malformed("a folder is expected at " + cid);
        }
        return data instanceof UnixFsData.Shard root ? sharded(node, root) : plain(node);
    }

    private Folder sharded(DagPbNode node, UnixFsData.Shard root) throws IOException {
        List<DagPbLink> links = new ArrayList<>();
        long total = shard(node, root, 0, links);
        links.sort((a, b) -> Utf8.compare(a.name(), b.name()));
        if (FolderDag.plainSize(links) <= FolderDag.MAX_PLAIN) {
            throw ContentException.notCanonical("a small folder is sharded");
        }
        return new Folder(links, total);
    }

    private static Folder plain(DagPbNode node) {
        String last = "";
        for (DagPbLink link : node.links()) {
            if (Utf8.compare(last, link.name()) >= 0) {
                throw ContentException.notCanonical("the entries of a folder are not in order");
            }
            last = link.name();
        }
        if (node.encodedSize() > FolderDag.MAX_PLAIN) {
            throw ContentException.notCanonical("a large folder is not sharded");
        }
        return new Folder(node.links(), total(node));
    }

    /** Adds the entries of one shard and those below it; returns the size of all its blocks. */
    private long shard(DagPbNode node, UnixFsData.Shard data, int depth, List<DagPbLink> found)
            throws IOException {
        BigInteger places = BigInteger.ZERO;
        int last = -1;
        for (DagPbLink link : node.links()) {
            int slot = slot(link.name());
            requireCanonical(slot > last, "the slots of a shard are not in order");
            last = slot;
            places = places.setBit(slot);
            int first = found.size();
            if (link.name().length() > 2) {
                found.add(new DagPbLink(link.name().substring(2), link.cid(), link.totalSize()));
            } else {
                subShard(link, depth + 1, found);
            }
            requirePlace(found.subList(first, found.size()), slot, depth);
        }
        requireCanonical(FolderDag.places(places).equals(data.places()), "a bit field is wrong");
        return total(node);
    }

    private void subShard(DagPbLink link, int depth, List<DagPbLink> found) throws IOException {
        requireCanonical(depth < FolderDag.MAX_SHARD_DEPTH, "shards are too deep");
        visited.accept(link.cid());
        DagPbNode node = blocks.node(link.cid());
        int before = found.size();
        if (!(UnixFsData.decode(node.data()) instanceof UnixFsData.Shard shard)) {
            throw ContentException.malformed("a part of a sharded folder is no shard");
        }
        requireTotal(link, shard(node, shard, depth, found));
        requireCanonical(found.size() > before + 1, "a shard holds one entry alone");
    }

    private void requirePlace(List<DagPbLink> links, int slot, int depth) {
        for (DagPbLink link : links) {
            requireCanonical(
                    FolderDag.slot(FolderDag.hash(link.name()), depth) == slot,
                    "an entry stands in a wrong slot of a shard");
        }
        if (entries.size() + links.size() > policy.maxEntries()) {
            throw ContentException.limit("more than " + policy.maxEntries() + " entries");
        }
    }

    private static int slot(String name) {
        if (name.length() >= 2) {
            for (int i = 0; i < UnixFsData.SHARD_FANOUT; i++) {
                if (name.startsWith(FolderDag.prefix(i))) {
                    return i;
                }
            }
        }
        throw ContentException.malformed("a link of a shard has no slot in its name");
    }

    private void visitFile(Cid cid, long size, int depth) throws IOException {
        visited.accept(cid);
        if (depth == 0) {
            return;
        }
        List<DagPbLink> links = UnixFsFile.partsOf(blocks.node(cid), size, depth);
        long each = Chunking.STANDARD.capacity(depth - 1);
        for (int i = 0; i < links.size(); i++) {
            visitFile(links.get(i).cid(), Math.min(each, size - i * each), depth - 1);
        }
    }

    private static long total(DagPbNode node) {
        long total = node.encodedSize();
        for (DagPbLink link : node.links()) {
            total += link.totalSize();
            requireCanonical(total >= 0, "the sizes of links are absurd");
        }
        return total;
    }

    private static void requireTotal(DagPbLink link, long total) {
        requireCanonical(
                link.totalSize() == total,
                "a link claims " + link.totalSize() + " bytes but has " + total);
    }

    private static void requireCanonical(boolean sound, String fault) {
        if (!sound) {
            throw ContentException.notCanonical(fault);
        }
    }
}

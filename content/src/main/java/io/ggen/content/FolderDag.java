package io.ggen.content;

import io.ggen.base.Bytes;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds the node of one folder, or the shards of a large one: a hash array mapped trie over the
 * names' murmur3, eight bits a level.
 */
final class FolderDag {
    /** The largest block of a folder in one piece, in bytes; above it the folder is sharded. */
    static final int MAX_PLAIN = 262_144;

    /** The most levels of shards: the bits of a hash. */
    static final int MAX_SHARD_DEPTH = 8;

    private static final int PLAIN_DATA = 4;

    private final BlockWriter blocks;

    private record Placed(long hash, DagPbLink link) {}

    FolderDag(BlockWriter blocks) {
        this.blocks = blocks;
    }

    /** Returns the folder of these entries; their names differ. */
    Subtree folder(List<DagPbLink> entries) throws IOException {
        List<DagPbLink> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> Utf8.compare(a.name(), b.name()));
        if (plainSize(sorted) <= MAX_PLAIN) {
            return blocks.node(sorted, new UnixFsData.Directory(), 0);
        }
        List<Placed> placed = new ArrayList<>(sorted.size());
        for (DagPbLink link : sorted) {
            placed.add(new Placed(hash(link.name()), link));
        }
        return shard(placed, 0);
    }

    static long plainSize(List<DagPbLink> links) {
        long size = PLAIN_DATA;
        for (DagPbLink link : links) {
            size += DagPbNode.encodedSize(link.name(), link.totalSize());
        }
        return size;
    }

    static long hash(String name) {
        return Murmur3.hash(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the slot that {@code hash} has in a shard at {@code depth}. */
    static int slot(long hash, int depth) {
        return (int) (hash >>> (56 - 8 * depth)) & 0xff;
    }

    static String prefix(int slot) {
        String hex = Integer.toHexString(slot).toUpperCase(Locale.ROOT);
        return slot < 16 ? "0" + hex : hex;
    }

    static Bytes places(BigInteger slots) {
        byte[] bytes = slots.toByteArray();
        return Bytes.wrap(bytes).slice(bytes[0] == 0 ? 1 : 0, bytes.length);
    }

    private Subtree shard(List<Placed> placed, int depth) throws IOException {
        if (depth == MAX_SHARD_DEPTH) {
            throw ContentException.limit("two names of a large folder have the same hash");
        }
        List<List<Placed>> slots = new ArrayList<>();
        for (int i = 0; i < UnixFsData.SHARD_FANOUT; i++) {
            slots.add(new ArrayList<>(1));
        }
        for (Placed entry : placed) {
            slots.get(slot(entry.hash(), depth)).add(entry);
        }
        BigInteger places = BigInteger.ZERO;
        List<DagPbLink> links = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (!slots.get(i).isEmpty()) {
                places = places.setBit(i);
                links.add(link(i, slots.get(i), depth));
            }
        }
        return blocks.node(links, new UnixFsData.Shard(places(places)), 0);
    }

    private DagPbLink link(int slot, List<Placed> placed, int depth) throws IOException {
        if (placed.size() > 1) {
            return shard(placed, depth + 1).link(prefix(slot));
        }
        DagPbLink link = placed.getFirst().link();
        return new DagPbLink(prefix(slot) + link.name(), link.cid(), link.totalSize());
    }
}

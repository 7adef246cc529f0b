package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A node of a Merkle DAG: links to other blocks, then data. Read and written in one form alone:
 * each link with hash, name and size in this order, all before the data.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-pb/spec/">DAG-PB</a>
 */
public record DagPbNode(List<DagPbLink> links, Bytes data) {
    private static final int HASH = 1;
    private static final int NAME = 2;
    private static final int TOTAL_SIZE = 3;
    private static final int DATA = 1;
    private static final int LINKS = 2;

    /** Copies the list. */
    public DagPbNode {
        links = List.copyOf(links);
    }

    /**
     * Reads a block.
     *
     * @throws ContentException when it is anything but what {@link #encode} writes
     */
    public static DagPbNode decode(Bytes block) {
        byte[] bytes = block.toArray();
        var in = new Protobuf.Reader(bytes, 0, bytes.length);
        List<DagPbLink> links = new ArrayList<>();
        while (in.next(LINKS, Protobuf.LENGTH_DELIMITED)) {
            links.add(link(in.message()));
        }
        if (!in.next(DATA, Protobuf.LENGTH_DELIMITED)) {
            throw ContentException.malformed("a dag-pb node has no data where data should stand");
        }
        Bytes data = Bytes.wrap(in.bytes());
        if (in.hasMore()) {
            throw ContentException.malformed("a dag-pb node goes on after its data");
        }
        return new DagPbNode(links, data);
    }

    /**
     * Reads a block of any writer: names, sizes and data may be missing (empty, 0, empty), and the
     * data may stand before the links. All else is as strict as the format itself.
     *
     * @throws ContentException when it is malformed
     */
    public static DagPbNode decodeAny(Bytes block) {
        byte[] bytes = block.toArray();
        var in = new Protobuf.Reader(bytes, 0, bytes.length);
        List<DagPbLink> links = new ArrayList<>();
        boolean first = in.next(DATA, Protobuf.LENGTH_DELIMITED);
        Bytes data = first ? Bytes.wrap(in.bytes()) : Bytes.empty();
        while (in.next(LINKS, Protobuf.LENGTH_DELIMITED)) {
            links.add(anyLink(in.message()));
        }
        if (!first && in.next(DATA, Protobuf.LENGTH_DELIMITED)) {
            data = Bytes.wrap(in.bytes());
        }
        if (in.hasMore()) {
            throw ContentException.malformed("a dag-pb node has a field in a wrong place");
        }
        return new DagPbNode(links, data);
    }

    private static DagPbLink anyLink(Protobuf.Reader in) {
        require(in.next(HASH, Protobuf.LENGTH_DELIMITED), "hash");
        Cid cid = cid(in.bytes());
        Bytes name =
                in.next(NAME, Protobuf.LENGTH_DELIMITED) ? Bytes.wrap(in.bytes()) : Bytes.empty();
        long totalSize = in.next(TOTAL_SIZE, Protobuf.VARINT) ? in.varint() : 0;
        require(!in.hasMore(), "end");
        return new DagPbLink(name.utf8(), cid, totalSize);
    }

    /** Returns the block. */
    public Bytes encode() {
        var out = new Protobuf.Writer(data.length() + 8 + links.size() * 64);
        for (DagPbLink link : links) {
            write(link, out);
        }
        out.bytes(DATA, data.toArray());
        return Bytes.wrap(out.toArray());
    }

    /** Returns the length of the block. */
    int encodedSize() {
        int size = 1 + Protobuf.sizeOfVarint(data.length()) + data.length();
        for (DagPbLink link : links) {
            int name = Utf8.length(link.name());
            int message = messageSize(link.cid().encode().length(), name, link.totalSize());
            size += 1 + Protobuf.sizeOfVarint(message) + message;
        }
        return size;
    }

    /** Returns how many bytes a link to a SHA-256 CIDv1 takes in a node. */
    static int encodedSize(String name, long totalSize) {
        int message = messageSize(36, Utf8.length(name), totalSize);
        return 1 + Protobuf.sizeOfVarint(message) + message;
    }

    private static int messageSize(int cid, int name, long totalSize) {
        return (1 + Protobuf.sizeOfVarint(cid) + cid)
                + (1 + Protobuf.sizeOfVarint(name) + name)
                + (1 + Protobuf.sizeOfVarint(totalSize));
    }

    private static void write(DagPbLink link, Protobuf.Writer out) {
        byte[] cid = link.cid().encode().toArray();
        byte[] name = link.name().getBytes(StandardCharsets.UTF_8);
        out.field(LINKS, Protobuf.LENGTH_DELIMITED);
        out.varint(messageSize(cid.length, name.length, link.totalSize()));
        out.bytes(HASH, cid);
        out.bytes(NAME, name);
        out.uint(TOTAL_SIZE, link.totalSize());
    }

    private static DagPbLink link(Protobuf.Reader in) {
        require(in.next(HASH, Protobuf.LENGTH_DELIMITED), "hash");
        Cid cid = cid(in.bytes());
        require(in.next(NAME, Protobuf.LENGTH_DELIMITED), "name");
        String name = in.text();
        require(in.next(TOTAL_SIZE, Protobuf.VARINT), "size");
        long totalSize = in.varint();
        require(!in.hasMore(), "end");
        return new DagPbLink(name, cid, totalSize);
    }

    private static Cid cid(byte[] bytes) {
        try {
            return Cid.decode(Bytes.wrap(bytes));
        } catch (IllegalArgumentException e) {
            throw ContentException.malformed("a link has no sound CID: " + e.getMessage());
        }
    }

    private static void require(boolean there, String part) {
        if (!there) {
            throw ContentException.malformed("a dag-pb link has no " + part + " in its place");
        }
    }
}

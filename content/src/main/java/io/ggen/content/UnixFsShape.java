package io.ggen.content;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node of UnixFS is, as anybody writes it, for those who only need its outline.
 *
 * @param inline content bytes in the node itself
 * @param parts content bytes below each link, as the node claims
 */
record UnixFsShape(Kind kind, long inline, List<Long> parts) {
    private static final int PACKED = Protobuf.LENGTH_DELIMITED;

    enum Kind {
        FILE,
        FOLDER,
        SHARD,
        OTHER
    }

    UnixFsShape {
        parts = List.copyOf(parts);
    }

    /** Reads the data of a node; what is no UnixFS is of kind OTHER. */
    static UnixFsShape of(Bytes data) {
        try {
            return read(data);
        } catch (ContentException e) {
            return new UnixFsShape(Kind.OTHER, 0, List.of());
        }
    }

    private static UnixFsShape read(Bytes data) {
        byte[] bytes = data.toArray();
        var in = new Protobuf.Reader(bytes, 0, bytes.length);
        Kind kind = in.next(UnixFsData.TYPE, Protobuf.VARINT) ? kind(in.varint()) : Kind.OTHER;
        long inline = in.next(UnixFsData.DATA, Protobuf.LENGTH_DELIMITED) ? in.bytes().length : 0;
        if (in.next(UnixFsData.FILE_SIZE, Protobuf.VARINT)) {
            in.varint();
        }
        List<Long> parts = new ArrayList<>();
        while (in.next(UnixFsData.BLOCK_SIZES, Protobuf.VARINT)) {
            parts.add(in.varint());
        }
        while (in.next(UnixFsData.BLOCK_SIZES, PACKED)) {
            for (var packed = in.message(); packed.hasMore(); ) {
                parts.add(packed.varint());
            }
        }
        return new UnixFsShape(kind, inline, parts);
    }

    private static Kind kind(long type) {
        return switch ((int) Math.min(type, 9)) {
            case 0, UnixFsData.FILE_TYPE -> Kind.FILE;
            case UnixFsData.DIRECTORY_TYPE -> Kind.FOLDER;
            case UnixFsData.SHARD_TYPE -> Kind.SHARD;
            default -> Kind.OTHER;
        };
    }
}

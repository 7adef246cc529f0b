package io.ggen.content;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.List;

/**
 * What a dag-pb node of UnixFS says of itself. Only the forms that the profile {@code
 * unixfs-v1-2025} makes without mode and time exist here.
 *
 * @see <a href="https://specs.ipfs.tech/unixfs/">UnixFS</a>
 */
sealed interface UnixFsData {
    /** A plain folder: its links are its entries. */
    record Directory() implements UnixFsData {
        @Override
        public void write(Protobuf.Writer out) {
            out.uint(TYPE, DIRECTORY_TYPE);
        }
    }

    /**
     * A file of several parts.
     *
     * @param size sum of the parts
     * @param partSizes content bytes below each link
     */
    record File(long size, List<Long> partSizes) implements UnixFsData {
        public File {
            partSizes = List.copyOf(partSizes);
            if (size > TreeEntry.RegularFile.MAX_SIZE) {
                throw ContentException.limit("a file claims " + size + " bytes");
            }
        }

        @Override
        public void write(Protobuf.Writer out) {
            out.uint(TYPE, FILE_TYPE);
            out.uint(FILE_SIZE, size);
            for (long part : partSizes) {
                out.uint(BLOCK_SIZES, part);
            }
        }
    }

    /**
     * A part of a large folder.
     *
     * @param places bit i is set where a link stands for slot i; big-endian, leading zeros left out
     */
    record Shard(Bytes places) implements UnixFsData {
        @Override
        public void write(Protobuf.Writer out) {
            out.uint(TYPE, SHARD_TYPE);
            out.bytes(DATA, places.toArray());
            out.uint(HASH_TYPE, MURMUR3_X64_64);
            out.uint(FANOUT, SHARD_FANOUT);
        }
    }

    int TYPE = 1;
    int DATA = 2;
    int FILE_SIZE = 3;
    int BLOCK_SIZES = 4;
    int HASH_TYPE = 5;
    int FANOUT = 6;
    int DIRECTORY_TYPE = 1;
    int FILE_TYPE = 2;
    int SHARD_TYPE = 5;
    int MURMUR3_X64_64 = 0x22;
    int SHARD_FANOUT = 256;

    /** Returns the data field of the node. */
    default Bytes encode() {
        var out = new Protobuf.Writer(32);
        write(out);
        return Bytes.wrap(out.toArray());
    }

    /** Writes the fields in the order of their numbers. */
    void write(Protobuf.Writer out);

    /** Reads a data field; throws {@link ContentException} for all that is not written here. */
    static UnixFsData decode(Bytes data) {
        byte[] bytes = data.toArray();
        var in = new Protobuf.Reader(bytes, 0, bytes.length);
        require(in.next(TYPE, Protobuf.VARINT), "type");
        long type = in.varint();
        UnixFsData read =
                switch ((int) Math.min(type, Integer.MAX_VALUE)) {
                    case DIRECTORY_TYPE -> new Directory();
                    case FILE_TYPE -> file(in);
                    case SHARD_TYPE -> shard(in);
                    default ->
                            throw new ContentException(
                                    ContentException.Reason.UNSUPPORTED_ENTRY,
                                    "a UnixFS node of type "
                                            + type
                                            + " is neither file nor folder");
                };
        require(!in.hasMore(), "end");
        return read;
    }

    private static File file(Protobuf.Reader in) {
        require(in.next(FILE_SIZE, Protobuf.VARINT), "file size");
        long size = in.varint();
        List<Long> parts = new ArrayList<>();
        while (in.next(BLOCK_SIZES, Protobuf.VARINT)) {
            parts.add(in.varint());
        }
        return new File(size, parts);
    }

    private static Shard shard(Protobuf.Reader in) {
        require(in.next(DATA, Protobuf.LENGTH_DELIMITED), "bit field");
        Bytes places = Bytes.wrap(in.bytes());
        require(in.next(HASH_TYPE, Protobuf.VARINT) && in.varint() == MURMUR3_X64_64, "murmur3");
        require(in.next(FANOUT, Protobuf.VARINT) && in.varint() == SHARD_FANOUT, "fanout of 256");
        return new Shard(places);
    }

    private static void require(boolean there, String part) {
        if (!there) {
            throw ContentException.malformed("UnixFS data has no " + part + " in its place");
        }
    }
}

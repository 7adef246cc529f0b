package io.ggen.libp2p.bitswap.wire;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.content.Block;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.multiformats.Cid;

import java.io.ByteArrayOutputStream;

/**
 * The wire form of a message. Stateless.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/#bitswap-1-2-0-wire-format">wire
 *     format</a>
 */
public final class MessageCodec {
    /** The longest message that is read, in bytes. */
    public static final int MAX_MESSAGE = 4 * 1024 * 1024;

    /** The most wants, blocks or presences that are read of one message. */
    public static final int MAX_ENTRIES = 16_384;

    private MessageCodec() {}

    /**
     * Reads the message in a frame, without its length, and hashes its blocks.
     *
     * @throws MalformedMessageException when it is malformed or beyond the limits, or a block has
     *     no name that can be verified
     */
    public static Message decode(Bytes frame) {
        return new MessageReader().read(frame);
    }

    /**
     * Writes {@code message} after its length, and flushes. Blocks go out of their own arrays, so
     * that nothing is copied together.
     */
    public static void write(Duplex pipe, Message message) {
        Bytes head = head(message);
        long length = head.length();
        for (Block block : message.blocks()) {
            length += blockHead(block).length() + block.bytes().length();
        }
        pipe.write(Varint.encode(length).concat(head).buffer());
        for (Block block : message.blocks()) {
            pipe.write(blockHead(block).buffer());
            pipe.write(block.bytes().buffer());
        }
        pipe.flush();
    }

    /** Returns how many bytes {@code block} adds to a message. */
    public static int size(Block block) {
        return blockHead(block).length() + block.bytes().length();
    }

    /** Returns everything but the blocks, which stand at the end. */
    private static Bytes head(Message message) {
        var writer = new ProtoWriter();
        if (!message.wants().isEmpty() || message.full()) {
            var wantlist = new ProtoWriter();
            message.wants().forEach(want -> wantlist.bytes(1, encode(want)));
            if (message.full()) {
                wantlist.bool(2, true);
            }
            writer.bytes(1, wantlist.toBytes());
        }
        for (Presence presence : message.presences()) {
            var one = new ProtoWriter().bytes(1, presence.cid().encode());
            writer.bytes(4, one.uint64(2, presence.have() ? 0 : 1).toBytes());
        }
        return writer.toBytes();
    }

    private static Bytes encode(Want want) {
        var entry = new ProtoWriter().bytes(1, want.cid().encode()).uint64(2, 1);
        if (want.kind() == Want.Kind.CANCEL) {
            return entry.bool(3, true).toBytes();
        }
        if (want.kind() == Want.Kind.HAVE) {
            entry.uint64(4, 1);
        }
        if (want.sendDontHave()) {
            entry.bool(5, true);
        }
        return entry.toBytes();
    }

    /** Returns field 3 up to where the bytes of the block begin. */
    private static Bytes blockHead(Block block) {
        Bytes prefix = prefix(block.cid());
        var inner = new ByteArrayOutputStream();
        inner.writeBytes(new ProtoWriter().bytes(1, prefix).toBytes().toArray());
        inner.write(2 << 3 | 2);
        Varint.write(block.bytes().length(), inner);
        var outer = new ByteArrayOutputStream();
        outer.write(3 << 3 | 2);
        Varint.write(inner.size() + (long) block.bytes().length(), outer);
        outer.writeBytes(inner.toByteArray());
        return Bytes.wrap(outer.toByteArray());
    }

    /** Returns the CID without its digest: version, codec, hash function, length of the digest. */
    static Bytes prefix(Cid cid) {
        var out = new ByteArrayOutputStream();
        Varint.write(cid.version(), out);
        Varint.write(cid.codec(), out);
        Varint.write(cid.hash().code(), out);
        Varint.write(cid.hash().digest().length(), out);
        return Bytes.wrap(out.toByteArray());
    }
}

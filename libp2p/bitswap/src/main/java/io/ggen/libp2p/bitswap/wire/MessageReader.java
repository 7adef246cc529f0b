package io.ggen.libp2p.bitswap.wire;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.content.Block;
import io.ggen.content.BlockHash;
import io.ggen.content.BlockSink;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.util.ArrayList;
import java.util.List;

/** Reads one message, counting as it goes. Used once, not thread-safe. */
final class MessageReader {
    private static final int MAX_PREFIX = 4 * Varint.MAX_LENGTH;

    private final List<Want> wants = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private boolean full;

    Message read(Bytes frame) {
        if (frame.length() > MessageCodec.MAX_MESSAGE) {
            throw new MalformedMessageException("a message of " + frame.length() + " bytes");
        }
        var reader = new ProtoReader(frame);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> wantlist(reader.bytes(MessageCodec.MAX_MESSAGE));
                case 3 -> block(reader.bytes(BlockSink.MAX_BLOCK + MAX_PREFIX + 16));
                case 4 -> presence(reader.bytes(Cid.MAX_LENGTH + 16));
                default -> {
                    // blocks of version 1.0, pending bytes, later versions
                }
            }
        }
        return new Message(wants, full, blocks, presences);
    }

    private static void room(int count, String what) {
        if (count >= MessageCodec.MAX_ENTRIES) {
            throw new MalformedMessageException(
                    "a message with more than " + MessageCodec.MAX_ENTRIES + " " + what);
        }
    }

    private void wantlist(Bytes encoded) {
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> {
                    room(wants.size(), "wants");
                    wants.add(want(reader.bytes(Cid.MAX_LENGTH + 64)));
                }
                case 2 -> full = reader.bool();
                default -> {
                    // later versions
                }
            }
        }
    }

    private static Want want(Bytes encoded) {
        Bytes cid = Bytes.empty();
        boolean cancel = false;
        Want.Kind kind = Want.Kind.BLOCK;
        boolean sendDontHave = false;
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> cid = reader.bytes(Cid.MAX_LENGTH);
                case 3 -> cancel = reader.bool();
                case 4 -> kind = reader.uint64() == 1 ? Want.Kind.HAVE : Want.Kind.BLOCK;
                case 5 -> sendDontHave = reader.bool();
                default -> {
                    // priority: wants are answered in their order
                }
            }
        }
        return cancel ? Want.cancel(cid(cid)) : new Want(cid(cid), kind, sendDontHave);
    }

    private void presence(Bytes encoded) {
        room(presences.size(), "presences");
        Bytes cid = Bytes.empty();
        boolean have = true;
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> cid = reader.bytes(Cid.MAX_LENGTH);
                case 2 -> have = reader.uint64() == 0;
                default -> {
                    // later versions
                }
            }
        }
        presences.add(new Presence(cid(cid), have));
    }

    private void block(Bytes encoded) {
        room(blocks.size(), "blocks");
        Bytes prefix = Bytes.empty();
        Bytes data = Bytes.empty();
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> prefix = reader.bytes(MAX_PREFIX);
                case 2 -> data = reader.bytes(BlockSink.MAX_BLOCK);
                default -> {
                    // later versions
                }
            }
        }
        blocks.add(new Block(named(prefix, data), data));
    }

    private static Cid named(Bytes prefix, Bytes data) {
        try {
            Varint.Decoded version = Varint.read(prefix, 0);
            Varint.Decoded codec = Varint.read(prefix, version.end());
            Varint.Decoded code = Varint.read(prefix, codec.end());
            Varint.Decoded length = Varint.read(prefix, code.end());
            Multihash hash =
                    BlockHash.of(code.value(), length.value(), data)
                            .orElseThrow(() ->
                                    new MalformedMessageException(
                                            "a block named by a hash that is not verified here"));
            return new Cid((int) Math.min(version.value(), 2), codec.value(), hash);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("a block's prefix is unsound: " + e.getMessage());
        }
    }

    private static Cid cid(Bytes bytes) {
        try {
            return Cid.decode(bytes);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("a CID is unsound: " + e.getMessage());
        }
    }
}

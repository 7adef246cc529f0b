package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/** Hashes blocks and hands them to a sink. Confined to one thread. */
final class BlockWriter {
    private final BlockSink sink;
    private final MessageDigest digest = Sha256.digest();

    BlockWriter(BlockSink sink) {
        this.sink = sink;
    }

    Subtree raw(byte[] buffer, int length) throws IOException {
        return new Subtree(put(Cid.RAW, buffer, length), length, length);
    }

    Subtree node(List<DagPbLink> links, UnixFsData data, long contentBytes) throws IOException {
        Bytes block = new DagPbNode(links, data.encode()).encode();
        long totalSize = block.length();
        for (DagPbLink link : links) {
            totalSize += link.totalSize();
        }
        byte[] bytes = block.toArray();
        return new Subtree(put(Cid.DAG_PB, bytes, bytes.length), contentBytes, totalSize);
    }

    private Cid put(long codec, byte[] buffer, int length) throws IOException {
        digest.update(buffer, 0, length);
        Cid cid = Cid.v1(codec, Sha256.finish(digest));
        sink.put(cid, ByteBuffer.wrap(buffer, 0, length).asReadOnlyBuffer());
        return cid;
    }
}

package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes a CAR v1 block by block. {@link Dag#walk} into it gives the form {@code order=dfs;
 * dups=n}. Blocks whose CID carries them are left out. Confined to one thread.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CARv1</a>
 */
public final class CarWriter implements BlockSink {
    private final Output out;

    /** Where the bytes go. */
    @FunctionalInterface
    public interface Output {
        /** Takes all of {@code bytes} before it returns. */
        void write(ByteBuffer bytes) throws IOException;
    }

    /** Writes the header. */
    public CarWriter(List<Cid> roots, Output out) throws IOException {
        this.out = out;
        Bytes header = new CarHeader(roots).encode();
        out.write(Varint.encode(header.length()).concat(header).buffer());
    }

    @Override
    public void put(Cid cid, ByteBuffer block) throws IOException {
        if (cid.hash().code() == Multihash.IDENTITY) {
            return;
        }
        byte[] name = cid.encode().toArray();
        var head = new ByteArrayOutputStream(name.length + 4);
        Varint.write(name.length + (long) block.remaining(), head);
        head.writeBytes(name);
        out.write(ByteBuffer.wrap(head.toByteArray()));
        out.write(block);
    }
}

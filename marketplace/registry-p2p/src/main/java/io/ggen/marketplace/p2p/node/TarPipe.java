package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.PackageSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

/**
 * A tar that is read while another thread writes it. What fails there fails here, at the end of
 * what came before. Read by one thread.
 */
final class TarPipe extends InputStream {
    private static final int CAPACITY = 1 << 18;

    private final PipedInputStream in = new PipedInputStream(CAPACITY);
    private final Thread writer;
    private volatile @Nullable Exception failure;

    TarPipe(PackageSource source) throws IOException {
        var out = new PipedOutputStream(in);
        this.writer = Thread.ofVirtual().name("tar").start(() -> write(source, out));
    }

    private void write(PackageSource source, PipedOutputStream out) {
        try (out) {
            try {
                source.writeTar(out);
            } catch (IOException | RuntimeException e) {
                failure = e; // before the end of file can be seen
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        Exception thrown = failure;
        if (count < 0 && thrown != null) {
            throw thrown instanceof IOException io
                    ? io
                    : new IOException(thrown.toString(), thrown);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
        writer.interrupt();
    }
}

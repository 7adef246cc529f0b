package io.ggen.libp2p.muxer;

import io.ggen.base.Bytes;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.libp2p.security.SecureChannel;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A pipe that claims to be secure, for muxers under test. */
public record PlainChannel(Duplex pipe) implements SecureChannel {
    private static final PublicKey KEY =
            PrivateKey.ofSeed(Bytes.fromHex("07".repeat(32))).publicKey();

    @Override
    public PublicKey remoteKey() {
        return KEY;
    }

    @Override
    public Optional<String> muxer() {
        return Optional.empty();
    }

    /** A pipe in memory cannot tell: a reader waits with its buffer. */
    @Override
    public int awaitRecord() {
        return 1;
    }

    @Override
    public boolean hasRecord() {
        return false;
    }

    @Override
    public int readRecord(ByteBuffer into, int room) {
        return read(into);
    }

    @Override
    public int read(ByteBuffer into) {
        return pipe.read(into);
    }

    @Override
    public void write(ByteBuffer from) {
        pipe.write(from);
    }

    @Override
    public void flush() {
        pipe.flush();
    }

    @Override
    public void closeWrite() {
        pipe.closeWrite();
    }

    @Override
    public void close() {
        pipe.close();
    }
}

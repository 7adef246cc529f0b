package io.ggen.libp2p.security;

import io.ggen.libp2p.key.PublicKey;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A TLS connection after its handshake. */
record TlsChannel(TlsPipe pipe, PublicKey remoteKey, Optional<String> muxer)
        implements SecureChannel {
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

package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Optional;

import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A TLS connection after its handshake. What is read is decrypted straight into the reader's buffer
 * where a whole record fits. One thread may read while another writes.
 */
final class TlsChannel implements SecureChannel {
    private final Duplex raw;
    private final TlsRecords records;
    private final PublicKey remoteKey;
    private final Optional<String> muxer;
    private @Nullable ByteBuffer plain;

    TlsChannel(Duplex raw, TlsRecords records, PublicKey remoteKey, Optional<String> muxer) {
        this.raw = raw;
        this.records = records;
        this.remoteKey = remoteKey;
        this.muxer = muxer;
    }

    @Override
    public PublicKey remoteKey() {
        return remoteKey;
    }

    @Override
    public Optional<String> muxer() {
        return muxer;
    }

    @Override
    public int awaitRecord() {
        return plain == null ? records.awaitRecord() : plain.remaining();
    }

    @Override
    public boolean hasBuffered() {
        return plain != null || records.hasBuffered();
    }

    @Override
    public int read(ByteBuffer into) {
        while (true) {
            int room = awaitRecord();
            if (room < 0) {
                return -1;
            }
            if (plain == null && into.remaining() < room) {
                ByteBuffer whole = records.pool().lend();
                boolean open = unwrap(whole);
                keep(whole.flip());
                if (!open) {
                    return -1;
                }
            } else if (plain == null) {
                int before = into.position();
                boolean open = unwrap(into);
                if (!open || into.position() > before) {
                    return into.position() > before ? into.position() - before : -1;
                }
            }
            ByteBuffer rest = plain;
            if (rest != null) {
                return take(rest, into);
            }
        }
    }

    /** Decrypts one record; returns false at the end. */
    private boolean unwrap(ByteBuffer target) {
        try {
            SSLEngineResult result = records.unwrap(target);
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                records.runTasks();
            }
            return result.getStatus() != SSLEngineResult.Status.CLOSED;
        } catch (SSLException e) {
            throw new Libp2pException(Code.MALFORMED, "tls: " + TlsRecords.reason(e), e);
        }
    }

    private void keep(ByteBuffer whole) {
        if (whole.hasRemaining()) {
            plain = whole;
        } else {
            records.pool().giveBack(whole);
        }
    }

    private int take(ByteBuffer from, ByteBuffer into) {
        int count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count);
        into.position(into.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            records.pool().giveBack(from);
            plain = null;
        }
        return count;
    }

    @Override
    public void write(ByteBuffer from) {
        try {
            records.wrap(from);
        } catch (SSLException e) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "tls: " + TlsRecords.reason(e), e);
        }
    }

    @Override
    public void flush() {
        raw.flush();
    }

    /** Says that nothing more comes; the other direction goes on. */
    @Override
    public void closeWrite() {
        try {
            records.engine().closeOutbound();
            records.wrapNothing();
        } catch (SSLException e) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "tls: " + TlsRecords.reason(e), e);
        }
        raw.closeWrite();
    }

    @Override
    public void close() {
        raw.close();
    }
}

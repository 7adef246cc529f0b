package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A TLS connection after its handshake. */
final class TlsChannel extends RecordChannel {
    private final TlsRecords records;

    TlsChannel(TlsRecords records, Remote remote) {
        super(records.raw(), records.received(), records.pool(), remote);
        this.records = records;
    }

    /** The engine wants to see the room for the whole record, whatever is in it. */
    @Override
    int room(int length) {
        return length;
    }

    @Override
    boolean decrypt(ByteBuffer into) {
        try {
            SSLEngineResult result = records.unwrap(into);
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                records.runTasks();
            }
            return result.getStatus() != SSLEngineResult.Status.CLOSED;
        } catch (SSLException e) {
            throw new Libp2pException(Code.MALFORMED, "tls: " + TlsRecords.reason(e), e);
        }
    }

    @Override
    public void write(ByteBuffer from) {
        try {
            records.wrap(from);
        } catch (SSLException e) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "tls: " + TlsRecords.reason(e), e);
        }
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
        super.closeWrite();
    }
}

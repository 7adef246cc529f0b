package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Drives an SSLEngine over a pipe: handshake, then records both ways. What is read is decrypted
 * straight into the reader's buffer where a whole record fits. One thread may read while another
 * writes.
 */
final class TlsPipe {
    private static final int RECORD = 16 * 1024;
    private static final int SEALED_RECORD = RECORD + 512;
    private static final int RECORDS_AT_ONCE = 4;

    private final Duplex raw;
    private final SSLEngine engine;
    private final ByteBuffer received =
            ByteBuffer.allocateDirect(RECORDS_AT_ONCE * SEALED_RECORD).limit(0);
    private final ByteBuffer plain = ByteBuffer.allocateDirect(RECORD + 1024).limit(0);
    private final ByteBuffer sealed =
            ByteBuffer.allocateDirect((RECORDS_AT_ONCE + 1) * SEALED_RECORD);

    TlsPipe(Duplex raw, SSLEngine engine) {
        this.raw = raw;
        this.engine = engine;
    }

    /** Shakes hands; throws HANDSHAKE_FAILED when either side does not like the other's proof. */
    void handshake() {
        try {
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.FINISHED
                    && status != HandshakeStatus.NOT_HANDSHAKING) {
                status = step(status);
            }
        } catch (SSLException e) {
            sendAlert();
            throw new Libp2pException(Code.HANDSHAKE_FAILED, "tls: " + reason(e), e);
        }
    }

    private HandshakeStatus step(HandshakeStatus status) throws SSLException {
        return switch (status) {
            case NEED_WRAP -> wrapHandshake();
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapHandshake();
            case NEED_TASK -> runTasks();
            case FINISHED, NOT_HANDSHAKING -> status;
        };
    }

    private HandshakeStatus wrapHandshake() throws SSLException {
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), sealed.clear());
        raw.write(sealed.flip());
        raw.flush();
        return settled(result);
    }

    private HandshakeStatus runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
        return engine.getHandshakeStatus();
    }

    private HandshakeStatus unwrapHandshake() throws SSLException {
        SSLEngineResult result = engine.unwrap(received, plain.clear());
        plain.flip();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            if (fill() < 0) {
                throw new Libp2pException(
                        Code.CONNECTION_CLOSED, "tls: the other side ended the handshake");
            }
        } else if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new Libp2pException(
                    Code.HANDSHAKE_FAILED, "tls: the other side refused the handshake");
        }
        return settled(result);
    }

    private HandshakeStatus settled(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED
                ? HandshakeStatus.FINISHED
                : engine.getHandshakeStatus();
    }

    private void sendAlert() {
        try {
            sealed.clear();
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), sealed);
                raw.write(sealed.flip());
                raw.flush();
            }
        } catch (SSLException | Libp2pException e) {
            System.getLogger(TlsPipe.class.getName())
                    .log(System.Logger.Level.DEBUG, "the alert could not be sent", e);
        }
    }

    int read(ByteBuffer into) {
        if (plain.hasRemaining()) {
            return take(into);
        }
        boolean direct = into.remaining() >= RECORD;
        ByteBuffer target = direct ? into : plain.clear();
        int before = target.position();
        try {
            boolean open = unwrapRecord(target);
            int count = target.position() - before;
            if (!direct) {
                plain.flip();
                return count == 0 ? -1 : take(into);
            }
            return open || count > 0 ? count : -1;
        } catch (SSLException e) {
            throw new Libp2pException(Code.MALFORMED, "tls: " + reason(e), e);
        }
    }

    /** Reads records until one brings data; returns false at the end. */
    private boolean unwrapRecord(ByteBuffer target) throws SSLException {
        int before = target.position();
        while (target.position() == before) {
            SSLEngineResult result = engine.unwrap(received, target);
            switch (result.getStatus()) {
                case CLOSED -> {
                    return false;
                }
                case BUFFER_UNDERFLOW -> {
                    if (fill() < 0) {
                        return false;
                    }
                }
                case BUFFER_OVERFLOW ->
                        throw new SSLException("a record is larger than the protocol allows");
                case OK -> {
                    if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                        runTasks();
                    }
                }
            }
        }
        return true;
    }

    private int fill() {
        received.compact();
        int count = raw.read(received);
        received.flip();
        return count;
    }

    private int take(ByteBuffer into) {
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(into.position(), plain, plain.position(), count);
        into.position(into.position() + count);
        plain.position(plain.position() + count);
        return count;
    }

    void write(ByteBuffer from) {
        try {
            while (from.hasRemaining()) {
                sealed.clear();
                while (from.hasRemaining() && sealed.remaining() >= SEALED_RECORD) {
                    SSLEngineResult result = engine.wrap(from, sealed);
                    if (result.getStatus() != SSLEngineResult.Status.OK) {
                        throw new Libp2pException(
                                Code.CONNECTION_CLOSED, "tls: the connection is closed");
                    }
                }
                raw.write(sealed.flip());
            }
        } catch (SSLException e) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "tls: " + reason(e), e);
        }
    }

    void flush() {
        raw.flush();
    }

    /** Says that nothing more comes; the other direction goes on. */
    void closeWrite() {
        try {
            engine.closeOutbound();
            sealed.clear();
            engine.wrap(ByteBuffer.allocate(0), sealed);
            raw.write(sealed.flip());
            raw.flush();
        } catch (SSLException e) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "tls: " + reason(e), e);
        }
        raw.closeWrite();
    }

    void close() {
        raw.close();
    }

    private static String reason(SSLException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}

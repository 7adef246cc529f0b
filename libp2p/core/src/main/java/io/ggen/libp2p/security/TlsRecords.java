package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * An SSLEngine between whole records of a pipe and their content. One thread may unwrap while
 * another wraps.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-5.1">RFC 8446, record layer</a>
 */
final class TlsRecords {
    /** The most that one record carries. */
    static final int CONTENT = 16 * 1024;

    /** Room for eight records each way and what the engine asks for beyond. */
    static final int BUFFER = 9 * (CONTENT + 512);

    private static final int HEADER = 5;
    private static final int MAX_SEALED = CONTENT + 256;
    private static final int FIRST_TYPE = 20;
    private static final int LAST_TYPE = 23;

    private final Duplex raw;
    private final SSLEngine engine;
    private final BufferPool pool;
    private final Inflow received;

    TlsRecords(Duplex raw, SSLEngine engine, BufferPool pool) {
        this.raw = raw;
        this.engine = engine;
        this.pool = pool;
        this.received = new Inflow(raw, pool, new RecordHeader());
    }

    private static final class RecordHeader implements Inflow.Framing {
        @Override
        public int header() {
            return HEADER;
        }

        @Override
        public int length(ByteBuffer buffer) {
            int type = buffer.get(buffer.position());
            int length = buffer.getShort(buffer.position() + 3) & 0xffff;
            if (type < FIRST_TYPE || type > LAST_TYPE || length > MAX_SEALED) {
                throw new Libp2pException(Code.MALFORMED, "tls: what came is no record of TLS");
            }
            return HEADER + length;
        }
    }

    SSLEngine engine() {
        return engine;
    }

    BufferPool pool() {
        return pool;
    }

    Duplex raw() {
        return raw;
    }

    Inflow received() {
        return received;
    }

    /** Decrypts the record that is there into {@code target}. */
    SSLEngineResult unwrap(ByteBuffer target) throws SSLException {
        SSLEngineResult result = engine.unwrap(received.buffer(), target);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            throw new SSLException("a record is larger than the protocol allows");
        }
        return result;
    }

    /** Encrypts all of {@code from} and sends it, several records at a time. */
    void wrap(ByteBuffer from) throws SSLException {
        ByteBuffer sealed = pool.lend();
        try {
            while (from.hasRemaining()) {
                sealed.clear();
                while (from.hasRemaining() && sealed.remaining() >= CONTENT + 512) {
                    SSLEngineResult result = engine.wrap(from, sealed);
                    if (result.getStatus() != SSLEngineResult.Status.OK) {
                        throw new Libp2pException(
                                Code.CONNECTION_CLOSED, "tls: the connection is closed");
                    }
                }
                raw.write(sealed.flip());
            }
        } finally {
            pool.giveBack(sealed);
        }
    }

    /** Sends what the engine itself has to say. */
    SSLEngineResult wrapNothing() throws SSLException {
        ByteBuffer sealed = pool.lend();
        try {
            SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), sealed);
            raw.write(sealed.flip());
            raw.flush();
            return result;
        } finally {
            pool.giveBack(sealed);
        }
    }

    /** Does what the engine leaves to others. */
    void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    static String reason(SSLException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}

package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Drives an engine from its first record until both sides have proved who they are. */
final class TlsHandshake {
    private final TlsRecords records;
    private final SSLEngine engine;

    private TlsHandshake(TlsRecords records) {
        this.records = records;
        this.engine = records.engine();
    }

    /** Shakes hands; throws HANDSHAKE_FAILED when either side does not like the other's proof. */
    static void run(TlsRecords records) {
        var handshake = new TlsHandshake(records);
        try {
            handshake.run();
        } catch (SSLException e) {
            handshake.sendAlert();
            throw new Libp2pException(Code.HANDSHAKE_FAILED, "tls: " + TlsRecords.reason(e), e);
        }
    }

    private void run() throws SSLException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = step(status);
        }
    }

    private HandshakeStatus step(HandshakeStatus status) throws SSLException {
        return switch (status) {
            case NEED_WRAP -> settled(records.wrapNothing());
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
            case NEED_TASK -> {
                records.runTasks();
                yield engine.getHandshakeStatus();
            }
            case FINISHED, NOT_HANDSHAKING -> status;
        };
    }

    private HandshakeStatus unwrap() throws SSLException {
        if (records.received().awaitRecord() < 0) {
            throw new Libp2pException(
                    Code.CONNECTION_CLOSED, "tls: the other side ended the handshake");
        }
        ByteBuffer nothing = records.pool().lend();
        try {
            SSLEngineResult result = records.unwrap(nothing);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new Libp2pException(
                        Code.HANDSHAKE_FAILED, "tls: the other side refused the handshake");
            }
            return settled(result);
        } finally {
            records.pool().giveBack(nothing);
        }
    }

    private HandshakeStatus settled(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED
                ? HandshakeStatus.FINISHED
                : engine.getHandshakeStatus();
    }

    private void sendAlert() {
        try {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                records.wrapNothing();
            }
        } catch (SSLException | Libp2pException e) {
            System.getLogger(TlsHandshake.class.getName())
                    .log(System.Logger.Level.DEBUG, "the alert could not be sent", e);
        }
    }
}

package io.ggen.libp2p.transport;

import io.ggen.multiformats.Multiaddr;

import java.nio.ByteBuffer;

/** One end of a connection in a {@link MemoryNetwork}. */
final class MemoryConnection implements RawConnection {
    private final MemoryDirection incoming;
    private final MemoryDirection outgoing;
    private final Multiaddr localAddress;
    private final Multiaddr remoteAddress;
    private final Runnable onClose;

    /** Where both ends are. */
    record Addresses(Multiaddr local, Multiaddr remote) {
        Addresses reversed() {
            return new Addresses(remote, local);
        }
    }

    MemoryConnection(
            MemoryDirection incoming,
            MemoryDirection outgoing,
            Addresses addresses,
            Runnable onClose) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.localAddress = addresses.local();
        this.remoteAddress = addresses.remote();
        this.onClose = onClose;
    }

    @Override
    public int read(ByteBuffer into) {
        return incoming.read(into);
    }

    @Override
    public void write(ByteBuffer from) {
        outgoing.write(from);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void closeWrite() {
        outgoing.end();
    }

    @Override
    public void close() {
        outgoing.end();
        incoming.abandon();
        onClose.run();
    }

    @Override
    public Multiaddr localAddress() {
        return localAddress;
    }

    @Override
    public Multiaddr remoteAddress() {
        return remoteAddress;
    }
}

package io.ggen.libp2p.transport;

import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes connections on one socket until it is closed; an error of the system, such as too many open
 * files, is waited out.
 */
final class TcpListener implements Transport.Listener {
    private static final System.Logger LOG = System.getLogger(TcpListener.class.getName());
    private static final long PAUSE_NANOS = 50_000_000;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final ServerSocketChannel server;
    private final InetSocketAddress local;
    private final Thread accepting;

    private TcpListener(ServerSocketChannel server, Consumer<RawConnection> onConnection)
            throws IOException {
        this.server = server;
        this.accepting =
                Thread.ofVirtual()
                        .name("tcp-listener")
                        .unstarted(() -> acceptUntilClosed(onConnection));
        this.local = (InetSocketAddress) server.getLocalAddress();
    }

    static TcpListener start(ServerSocketChannel server, Consumer<RawConnection> onConnection)
            throws IOException {
        var listener = new TcpListener(server, onConnection);
        listener.accepting.start();
        return listener;
    }

    private void acceptUntilClosed(Consumer<RawConnection> onConnection) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofVirtual()
                        .name("tcp-incoming")
                        .start(() -> onConnection.accept(new TcpConnection(channel)));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "cannot accept a connection, trying again", e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Those of an unspecified address come and go with the machine's interfaces. */
    @Override
    public List<Multiaddr> addresses() {
        return SocketAddresses.reachable(local);
    }

    /** The system closes the socket only when nobody waits on it any more. */
    @Override
    public void close() {
        TcpConnection.closeQuietly(server);
        try {
            accepting.join(LONGEST_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.ggen.libp2p.transport;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.dns.NameResolver;
import io.ggen.libp2p.dns.SystemNames;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * TCP over IPv4, IPv6 and DNS names: {@code /ip4/…/tcp/…}, {@code /ip6/…/tcp/…}, {@code
 * /dns4/…/tcp/…} and so on. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/addressing/README.md#tcp">addressing</a>
 */
public final class TcpTransport implements Transport {
    private static final int BACKLOG = 1024;
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private final NameResolver names;

    /** Looks names up as the machine does. */
    public TcpTransport() {
        this(new SystemNames());
    }

    /** Looks names up in {@code names}. */
    public TcpTransport(NameResolver names) {
        this.names = names;
    }

    @Override
    public boolean handles(Multiaddr address) {
        List<Multiaddr.Component> components = address.components();
        boolean host =
                components.size() >= 2 && SocketAddresses.isHost(components.get(0).protocol());
        return host
                && components.get(1).protocol() == AddressProtocol.TCP
                && components.stream().skip(2).allMatch(c -> c.protocol() == AddressProtocol.P2P);
    }

    @Override
    public RawConnection dial(Multiaddr address, Duration limit) {
        InetSocketAddress target = SocketAddresses.resolve(address, names, limit);
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(target, Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
            return new TcpConnection(channel);
        } catch (SocketTimeoutException e) {
            TcpConnection.closeQuietly(channel);
            throw new Libp2pException(
                    Code.TIMEOUT,
                    address + " did not answer within " + limit.toMillis() + " ms",
                    e);
        } catch (IOException e) {
            TcpConnection.closeQuietly(channel);
            throw new Libp2pException(
                    Code.DIAL_FAILED, "cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<RawConnection> onConnection) {
        InetSocketAddress local = SocketAddresses.resolve(address, names, LOOKUP);
        ServerSocketChannel server = null;
        try {
            server =
                    ServerSocketChannel.open(
                            address.has(AddressProtocol.IP6)
                                    ? StandardProtocolFamily.INET6
                                    : StandardProtocolFamily.INET);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(local, BACKLOG);
            return TcpListener.start(server, onConnection);
        } catch (IOException e) {
            TcpConnection.closeQuietly(server);
            throw new Libp2pException(
                    Code.IO, "cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }
}

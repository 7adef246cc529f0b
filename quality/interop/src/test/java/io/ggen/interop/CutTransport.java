package io.ggen.interop;

import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** TCP of which all connections can be cut at once, without a word to the other side. */
final class CutTransport implements Transport {
    private final Transport tcp = new TcpTransport();
    private final List<RawConnection> connections = new CopyOnWriteArrayList<>();

    void cut() {
        connections.forEach(RawConnection::close);
        connections.clear();
    }

    @Override
    public boolean handles(Multiaddr address) {
        return tcp.handles(address);
    }

    @Override
    public RawConnection dial(Multiaddr address, Duration limit) {
        RawConnection connection = tcp.dial(address, limit);
        connections.add(connection);
        return connection;
    }

    @Override
    public Listener listen(Multiaddr address, Consumer<RawConnection> onConnection) {
        return tcp.listen(
                address,
                connection -> {
                    connections.add(connection);
                    onConnection.accept(connection);
                });
    }
}

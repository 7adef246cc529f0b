package io.ggen.libp2p.gateway;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.transport.RawConnection;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * The same gateway over plain HTTP on the loopback interface, for programs of this machine. It
 * answers only to its own address in the Host field, so that no web page reaches it by a name that
 * it makes point here. One exchange for each connection. Thread-safe.
 */
public final class HttpGateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpGateway.class.getName());

    private final Duration patience;
    private final Exchanges exchanges;
    private final Transport.Listener listener;
    private final String authority;
    private final Set<String> names;

    private HttpGateway(GatewayOptions options, InstantSource clock, Multiaddr address) {
        this.patience = options.patience();
        this.exchanges = new Exchanges(options, clock, this::isMine);
        this.listener = new TcpTransport().listen(address, this::serve);
        Multiaddr bound = listener.addresses().getFirst();
        List<Multiaddr.Component> parts = bound.components();
        String port = parts.get(1).text();
        String ip = parts.get(0).text();
        this.authority =
                (parts.get(0).protocol() == AddressProtocol.IP6 ? "[" + ip + "]" : ip) + ":" + port;
        this.names = Set.of(authority, "localhost:" + port);
    }

    /**
     * Listens on {@code address}, such as {@code /ip4/127.0.0.1/tcp/0}.
     *
     * @throws IllegalArgumentException when it is not a loopback address
     * @throws Libp2pException IO when it cannot be bound
     */
    public static HttpGateway listen(
            Multiaddr address, GatewayOptions options, InstantSource clock) {
        String text = address.toString();
        if (!text.startsWith("/ip4/127.") && !text.startsWith("/ip6/::1/")) {
            throw new IllegalArgumentException(
                    "a gateway without encryption listens on loopback alone, not on " + address);
        }
        return new HttpGateway(options, clock, address);
    }

    private boolean isMine(String host) {
        return names.contains(host);
    }

    /** Returns where it is, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return "http://" + authority;
    }

    private void serve(RawConnection connection) {
        try (connection) {
            exchanges.serve("loopback", new Timed(connection, patience));
            connection.closeWrite();
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request was not answered to its end", e);
        }
    }

    /** Closes the pipe when one read or write takes too long. */
    private record Timed(Duplex pipe, Duration patience) implements Duplex {
        @Override
        public int read(ByteBuffer into) {
            try (Deadline deadline = Deadline.start(patience, pipe::close)) {
                int count = pipe.read(into);
                deadline.met();
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from) {
            try (Deadline deadline = Deadline.start(patience, pipe::close)) {
                pipe.write(from);
                deadline.met();
            }
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

    /** Stops listening. Never throws. */
    @Override
    public void close() {
        listener.close();
        exchanges.close();
    }
}

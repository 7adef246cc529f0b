package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One socket for each link, on port 5353, which is shared with other programs. What comes from
 * beyond a router is dropped. Used by one thread, except {@link #wakeUp}.
 */
final class Sockets implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sockets.class.getName());
    private static final int PORT = 5353;
    private static final int HOPS = 255;
    private static final int PACKETS_IN_A_ROW = 64;

    private final Selector selector;
    private final InetAddress four;
    private final InetAddress six;

    /** With room to tell what is too long. */
    private final ByteBuffer buffer = ByteBuffer.allocate(Datagram.MAX_LENGTH + 1);

    private final Map<Link, Socket> sockets = new HashMap<>();
    private final Set<Link> failed = new HashSet<>();
    private Set<InetAddress> own = Set.of();

    Sockets() throws IOException {
        this.selector = Selector.open();
        try {
            this.four = InetAddress.getByName("224.0.0.251");
            this.six = InetAddress.getByName("ff02::fb");
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is no name", e);
        }
    }

    private record Socket(Link link, Interfaces.Place place, DatagramChannel channel) {}

    /** Opens a socket for each new link and closes those of links that are gone or changed. */
    void follow(Interfaces interfaces) {
        own = interfaces.own();
        for (Iterator<Socket> all = sockets.values().iterator(); all.hasNext(); ) {
            Socket socket = all.next();
            if (!socket.place().equals(interfaces.places().get(socket.link()))) {
                close(socket);
                all.remove();
            }
        }
        interfaces.places().forEach(this::openWhereMissing);
        failed.retainAll(interfaces.places().keySet());
    }

    private void openWhereMissing(Link link, Interfaces.Place place) {
        if (sockets.containsKey(link)) {
            return;
        }
        try {
            sockets.put(link, open(link, place));
            failed.remove(link);
        } catch (IOException | UnsupportedOperationException e) {
            if (failed.add(link)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "peers on {0} cannot be looked for: {1}",
                        link,
                        e.getMessage());
            }
        }
    }

    private Socket open(Link link, Interfaces.Place place) throws IOException {
        DatagramChannel channel =
                DatagramChannel.open(
                        link.isSix() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(new InetSocketAddress(PORT));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, place.network());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOPS);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.join(group(link), place.network());
            var socket = new Socket(link, place, channel);
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private InetAddress group(Link link) {
        return link.isSix() ? six : four;
    }

    /** Returns the links that have a socket. */
    Set<Link> links() {
        return Set.copyOf(sockets.keySet());
    }

    void send(Effect.Send send) {
        Socket socket = sockets.get(send.link());
        if (socket == null) {
            return;
        }
        try {
            socket.channel()
                    .send(send.content().buffer(), new InetSocketAddress(group(send.link()), PORT));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "cannot send on " + send.link(), e);
        }
    }

    /** Waits for packets no longer than {@code millis} and hands over those that are there. */
    void receive(long millis, Consumer<Datagram> receiver) throws IOException {
        selector.select(Math.max(1, millis));
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof Socket socket) {
                receive(socket, receiver);
            }
        }
        selector.selectedKeys().clear();
    }

    private void receive(Socket socket, Consumer<Datagram> receiver) {
        try {
            for (int i = 0; i < PACKETS_IN_A_ROW; i++) {
                buffer.clear();
                if (!(socket.channel().receive(buffer) instanceof InetSocketAddress from)) {
                    return;
                }
                InetAddress source = from.getAddress();
                boolean isOwn = own.contains(source);
                if (isOwn || socket.place().reaches(source)) {
                    Bytes content = Bytes.of(buffer.array()).slice(0, buffer.position());
                    receiver.accept(new Datagram(socket.link(), source, isOwn, content));
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "cannot receive on " + socket.link(), e);
        }
    }

    /** Ends a wait of {@link #receive}. */
    void wakeUp() {
        selector.wakeup();
    }

    private static void close(Socket socket) {
        try {
            socket.channel().close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "closing the socket of " + socket.link(), e);
        }
    }

    @Override
    public void close() throws IOException {
        sockets.values().forEach(Sockets::close);
        sockets.clear();
        selector.close();
    }
}

package io.ggen.libp2p.bitswap;

import io.ggen.content.Block;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.bitswap.OffenceListener.Offence;
import io.ggen.libp2p.bitswap.serve.BlockServer;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bitswap 1.2 on a host: serves what is held, and fetches whole DAGs from several peers at once.
 * Thread-safe.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap protocol</a>
 */
public final class Bitswap implements AutoCloseable {
    /** The protocol's id. */
    public static final String PROTOCOL = "/ipfs/bitswap/1.2.0";

    private static final System.Logger LOG = System.getLogger(Bitswap.class.getName());

    private final Host host;
    private final BitswapOptions options;
    private final BlockServer server;
    private final Incoming incoming = new Incoming();
    private final AskedBlocks asked = new AskedBlocks();
    private final Map<PeerId, WantLink> links = new ConcurrentHashMap<>();
    private final Set<Fetch> fetches = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Bitswap(Host host, BitswapOptions options) {
        this.host = host;
        this.options = options;
        this.server = new BlockServer(host, PROTOCOL, options.serve());
    }

    /** Lets {@code host} speak Bitswap from now until it is closed. */
    public static Bitswap attach(Host host, BitswapOptions options) {
        var bitswap = new Bitswap(host, options);
        host.handle(PROTOCOL, bitswap::read);
        host.onEvent(bitswap::onEvent);
        return bitswap;
    }

    /**
     * Fetches a whole DAG. Blocks until it is there, cannot be had, or the deadline has passed; an
     * interrupt ends it like the deadline. What has come is served to others meanwhile.
     *
     * @throws IOException when the sink or the held blocks fail
     */
    public FetchOutcome fetch(FetchRequest request) throws IOException {
        var fetch = new Fetch(this, request);
        fetches.add(fetch);
        try {
            return fetch.run();
        } finally {
            fetches.remove(fetch);
            fetch.close();
        }
    }

    /** Answers those who wait for a block that this node holds now. */
    public void arrived(Cid cid) {
        server.arrived(cid);
    }

    /** Returns how many bytes of blocks were handed to others. */
    public long bytesServed() {
        return server.bytesServed();
    }

    Host host() {
        return host;
    }

    BitswapOptions options() {
        return options;
    }

    BlockServer server() {
        return server;
    }

    /** Opens the way on which wants go to {@code peer}, dialling it when need be. Blocks. */
    void connect(PeerId peer) {
        if (closed) {
            throw new Libp2pException(Code.CONNECTION_CLOSED, "Bitswap is closed");
        }
        Connection connection = host.dial(peer, List.of());
        links.computeIfAbsent(
                peer, who -> WantLink.over(connection, host.options().clock(), this::linkEnded));
    }

    private void linkEnded(WantLink link, Libp2pException reason) {
        if (links.remove(link.peer(), link)) {
            fetches.forEach(fetch -> fetch.lost(link.peer(), reason));
        }
    }

    /** Sends changes of the wantlist. */
    void ask(PeerId peer, Message message) {
        message.wants().forEach(want -> asked.add(want.cid()));
        WantLink link = links.get(peer);
        if (link != null) {
            link.offer(message);
        }
    }

    /** Returns whether another download than {@code mine} waits for the block. */
    boolean othersWant(Fetch mine, Cid cid) {
        return fetches.stream().anyMatch(fetch -> fetch != mine && fetch.awaits(cid));
    }

    private void read(Stream stream) {
        PeerId peer = stream.remotePeer();
        try {
            incoming.readAll(stream, this::take);
        } catch (Libp2pException e) {
            if (e.code() == Code.MALFORMED || e.code() == Code.PROTOCOL_VIOLATION) {
                offend(peer, Offence.MALFORMED_MESSAGE, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private void take(PeerId peer, Message message) {
        server.apply(peer, message);
        if (!message.wants().isEmpty()) {
            fetches.forEach(fetch -> fetch.wanted(peer, message.wants()));
        }
        for (Block block : message.blocks()) {
            if (!asked.contains(block.cid())) {
                offend(peer, Offence.WRONG_BLOCK, "nobody asked it for block " + block.cid());
                throw new Libp2pException(Code.STREAM_RESET, "an unrequested block came");
            }
        }
        if (!message.blocks().isEmpty() || !message.presences().isEmpty()) {
            fetches.forEach(fetch -> fetch.offer(peer, message));
        }
    }

    private void offend(PeerId peer, Offence offence, String detail) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}, {2}", peer, offence, detail);
        fetches.forEach(fetch -> fetch.misbehaved(peer, detail));
        host.connections().stream()
                .filter(connection -> connection.remotePeer().equals(peer))
                .forEach(Connection::close);
        options.offences().onOffence(peer, offence, detail);
    }

    private void onEvent(HostEvent event) {
        if (event instanceof HostEvent.PeerDisconnected gone) {
            server.disconnected(gone.peer());
            WantLink link = links.get(gone.peer());
            if (link != null) {
                link.disconnected();
            }
        }
    }

    /** Stops serving and ends every download; the host stays open. Never throws. */
    @Override
    public void close() {
        closed = true;
        host.unhandle(PROTOCOL);
        server.close();
        fetches.forEach(Fetch::close);
        links.values().forEach(WantLink::close);
    }
}

package io.ggen.libp2p.bitswap.serve;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSource;
import io.ggen.content.Dag;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Answers wants with what this node holds and may give away, and with the blocks of downloads that
 * are still under way. Each peer has its own desk; they take turns. Thread-safe.
 */
public final class BlockServer implements AutoCloseable {
    private final Host host;
    private final String protocol;
    private final ServeOptions options;
    private final Semaphore turns;
    private final Map<PeerId, Desk> desks = new ConcurrentHashMap<>();
    private final Set<BlockSource> downloads = ConcurrentHashMap.newKeySet();
    private final LongAdder bytes = new LongAdder();
    private volatile boolean closed;

    /** Serves on streams of {@code protocol}. */
    public BlockServer(Host host, String protocol, ServeOptions options) {
        this.host = host;
        this.protocol = protocol;
        this.options = options;
        this.turns = new Semaphore(options.turns(), true);
    }

    ServeOptions options() {
        return options;
    }

    /** Takes note of what {@code peer} wants; its answers follow on a stream of their own. */
    public void apply(PeerId peer, Message message) {
        if (!closed && (message.full() || !message.wants().isEmpty())) {
            desks.computeIfAbsent(peer, who -> new Desk(who, this)).apply(message);
        }
    }

    /** Serves {@code blocks}, all of them, as well until {@link #withdraw}. */
    public void offer(BlockSource blocks) {
        downloads.add(blocks);
    }

    /** Takes back {@link #offer}. */
    public void withdraw(BlockSource blocks) {
        downloads.remove(blocks);
    }

    /** Answers those who wait for a block that is here now. */
    public void arrived(Cid cid) {
        desks.values().forEach(desk -> desk.arrived(cid));
    }

    /** Returns the peers that wait for a block that is not here. */
    public List<PeerId> waitingFor(Cid cid) {
        return desks.values().stream().filter(desk -> desk.waitsFor(cid)).map(Desk::peer).toList();
    }

    /** Forgets a peer that is gone. */
    public void disconnected(PeerId peer) {
        Desk desk = desks.remove(peer);
        if (desk != null) {
            desk.close();
        }
    }

    /** Returns how many bytes of blocks were handed to others. */
    public long bytesServed() {
        return bytes.sum();
    }

    boolean holds(Cid cid) throws IOException {
        if (Dag.inline(cid).isPresent()
                || options.allowed().test(cid) && options.source().contains(cid)) {
            return true;
        }
        for (BlockSource download : downloads) {
            if (download.contains(cid)) {
                return true;
            }
        }
        return false;
    }

    Optional<Bytes> block(Cid cid) throws IOException {
        Optional<Bytes> found = Dag.inline(cid);
        if (found.isEmpty() && options.allowed().test(cid)) {
            found = options.source().get(cid);
        }
        for (BlockSource download : downloads) {
            if (found.isEmpty()) {
                found = download.get(cid);
            }
        }
        return found;
    }

    Stream open(PeerId peer) {
        Connection standing =
                host.connections().stream()
                        .filter(connection -> connection.remotePeer().equals(peer))
                        .findFirst()
                        .orElseThrow(() ->
                                new Libp2pException(
                                        Libp2pException.Code.CONNECTION_CLOSED,
                                        peer + " is gone before it was answered"));
        return standing.open(protocol);
    }

    void turn() throws InterruptedException {
        turns.acquire();
    }

    void turnOver() {
        turns.release();
    }

    void sent(Block block) {
        bytes.add(block.bytes().length());
    }

    void forget(Desk desk) {
        desks.remove(desk.peer(), desk);
        desk.close();
    }

    void overflow(PeerId peer, int dropped) {
        System.getLogger(BlockServer.class.getName())
                .log(
                        System.Logger.Level.DEBUG,
                        "{0} wants too much at once: {1} wants were dropped",
                        peer,
                        dropped);
    }

    Instant now() {
        return host.options().clock().instant();
    }

    @Override
    public void close() {
        closed = true;
        desks.values().forEach(Desk::close);
        desks.clear();
    }
}

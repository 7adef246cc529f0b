package io.ggen.libp2p.peerstore;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.MemoryPeerStore;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.multiformats.Multiaddr;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer store in memory whose changes go to an SQLite file, where a later process finds them. They
 * are written in the background, many in one transaction, within about a second; {@link #close}
 * writes the rest. So a process that dies forgets what it learned in its last second, a machine
 * that dies what the system had not yet written out; the file stays sound in either case. While the
 * disk is slow, at most twice as many changed peers wait as may be remembered, then whoever changes
 * one waits too; while it fails, changes are kept in that number and tried again.
 *
 * <p>Several processes may write one file: each reads it when it opens, and of a peer the whole of
 * what the last one wrote stays. Thread-safe; reading never blocks on I/O.
 */
public final class SqlitePeerStore implements PeerStore, AutoCloseable {
    private final MemoryPeerStore memory;
    private final WriteBehind<PeerId> changes;
    private final PeerTables tables;

    private SqlitePeerStore(PeerTables tables, InstantSource clock, Limits limits) {
        this.tables = tables;
        this.memory = new MemoryPeerStore(clock, limits);
        tables.all().forEach(memory::restore);
        this.changes = new WriteBehind<>(2 * limits.peers(), this::write);
    }

    /**
     * Opens the store in {@code file}, which is made where it is missing, and put aside as {@code
     * .corrupted} where it is damaged. Blocks until all of it was read.
     *
     * @param clock tells the time of validity
     */
    public static SqlitePeerStore open(Path file, InstantSource clock, Limits limits) {
        var tables = new PeerTables(file, limits);
        try {
            return new SqlitePeerStore(tables, clock, limits);
        } catch (Libp2pException e) {
            tables.close();
            throw e;
        }
    }

    private void write(Set<PeerId> peers) {
        tables.write(peers, memory::known);
    }

    @Override
    public void addAddresses(PeerId peer, List<Multiaddr> addresses, Duration validity) {
        memory.addAddresses(peer, addresses, validity);
        changes.add(peer);
    }

    @Override
    public boolean replaceAddresses(
            PeerId peer, long sequence, List<Multiaddr> addresses, Duration validity) {
        boolean latest = memory.replaceAddresses(peer, sequence, addresses, validity);
        changes.add(peer);
        return latest;
    }

    @Override
    public List<Multiaddr> addresses(PeerId peer) {
        return memory.addresses(peer);
    }

    @Override
    public void identify(PeerId peer, Identity identity) {
        memory.identify(peer, identity);
        changes.add(peer);
    }

    @Override
    public Optional<Identity> identity(PeerId peer) {
        return memory.identity(peer);
    }

    @Override
    public void addKey(PublicKey key) {
        PeerId peer = key.peerId();
        if (peer.publicKey().isEmpty()) {
            memory.addKey(key);
            changes.add(peer);
        }
    }

    @Override
    public Optional<PublicKey> key(PeerId peer) {
        return memory.key(peer);
    }

    @Override
    public void note(PeerId peer, String name, Bytes value) {
        memory.note(peer, name, value);
        changes.add(peer);
    }

    @Override
    public Optional<Bytes> note(PeerId peer, String name) {
        return memory.note(peer, name);
    }

    @Override
    public void forget(PeerId peer) {
        memory.forget(peer);
        changes.add(peer);
    }

    @Override
    public Set<PeerId> peers() {
        return memory.peers();
    }

    /** Blocks until all is written; throws IO when that fails, and has closed the file then too. */
    @Override
    public void close() {
        try {
            changes.close();
        } finally {
            tables.close();
        }
    }
}

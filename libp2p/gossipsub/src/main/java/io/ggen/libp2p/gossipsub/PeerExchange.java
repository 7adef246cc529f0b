package io.ggen.libp2p.gossipsub;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PeerRecord;
import io.ggen.libp2p.protocol.Identify;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Connects to peers that others offer, eight at a time, and knows what to offer. Only addresses
 * that a peer has signed itself are offered and dialled; an offer without a record is passed over.
 * Thread-safe.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#prune-backoff-and-peer-exchange">peer
 *     exchange</a>
 */
final class PeerExchange {
    private static final System.Logger LOG = System.getLogger(PeerExchange.class.getName());
    private static final int AT_A_TIME = 8;

    private final Host host;

    /** Of connected peers, at hand: who asks must not wait for a disk. */
    private final Map<PeerId, Bytes> records = new ConcurrentHashMap<>();

    private final Semaphore dials = new Semaphore(AT_A_TIME);

    PeerExchange(Host host) {
        this.host = host;
    }

    /** Takes in that what {@code peer}, which is connected, says of itself is known. */
    void identified(PeerId peer) {
        host.peerStore()
                .note(peer, Identify.RECORD_NOTE)
                .ifPresent(record -> records.put(peer, record));
    }

    /** Takes in that {@code peer} is gone. */
    void gone(PeerId peer) {
        records.remove(peer);
    }

    /** Returns the signed record of {@code peer}, which is connected; empty bytes for none. */
    Bytes record(PeerId peer) {
        return records.getOrDefault(peer, Bytes.empty());
    }

    void connect(List<Control.Candidate> candidates) {
        for (Control.Candidate candidate : candidates) {
            if (candidate.record().length() > 0 && dials.tryAcquire()) {
                Thread.ofVirtual().name("peer exchange").start(() -> dial(candidate));
            }
        }
    }

    private void dial(Control.Candidate candidate) {
        try {
            PeerRecord record = PeerRecord.open(candidate.record());
            if (record.peer().equals(new PeerId(candidate.peer()))) {
                host.dial(record.peer(), record.addresses());
            }
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.DEBUG, "a peer that was offered is not reached", e);
        } finally {
            dials.release();
        }
    }
}

package io.ggen.libp2p.gossipsub;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PeerRecord;

import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Connects to peers that others offer, eight at a time. Only addresses that a peer has signed
 * itself are dialled; an offer without a record is passed over.
 */
final class PeerExchange {
    private static final System.Logger LOG = System.getLogger(PeerExchange.class.getName());
    private static final int AT_A_TIME = 8;

    private final Host host;
    private final Semaphore dials = new Semaphore(AT_A_TIME);

    PeerExchange(Host host) {
        this.host = host;
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

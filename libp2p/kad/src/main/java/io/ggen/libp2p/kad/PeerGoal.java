package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.PeerFound;
import io.ggen.libp2p.key.PeerId;

import java.util.List;

/** To find a peer: whoever names it may be wrong, so it is over once the peer itself answers. */
final class PeerGoal implements Goal {
    private final PeerId wanted;
    private boolean answered;

    PeerGoal(PeerId wanted) {
        this.wanted = wanted;
    }

    @Override
    public KadRequest question() {
        return new KadRequest.FindNode(wanted.multihash());
    }

    @Override
    public List<QueryEffect> heard(KadPeer peer, KadAnswer answer) {
        if (peer.id().equals(wanted)) {
            answered = true;
            return List.of(new PeerFound(peer));
        }
        return answer.closer().stream()
                .filter(named -> named.id().equals(wanted) && !named.addresses().isEmpty())
                .<QueryEffect>map(PeerFound::new)
                .limit(1)
                .toList();
    }

    @Override
    public boolean isEnough() {
        return answered;
    }
}

package io.ggen.simulator.gossip;

import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.key.PeerId;

import java.util.List;

/** What a node really sends of what its router wants sent. */
@FunctionalInterface
public interface Conduct {
    /** Returns what {@code self} sends instead of {@code rpc}; nothing where it is empty. */
    Rpc sends(PeerId self, Rpc rpc);

    /** Returns the conduct of a node that does as its router says. */
    static Conduct honest() {
        return (self, rpc) -> rpc;
    }

    /**
     * Returns the conduct of a node that takes part in every mesh, offers and asks, but sends on no
     * message of others, whether asked for or not.
     */
    static Conduct silent() {
        return (self, rpc) -> {
            List<Message> own =
                    rpc.messages().stream()
                            .filter(message -> message.from().equals(self.multihash()))
                            .toList();
            return new Rpc(rpc.subscriptions(), own, rpc.control());
        };
    }
}

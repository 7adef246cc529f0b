package io.ggen.libp2p.gossipsub;

import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.rpc.MessageIds;
import io.ggen.libp2p.gossipsub.rpc.RpcLimits;

import java.time.Duration;

/**
 * How gossip is made on a host.
 *
 * @param router parameters of the router
 * @param limits what one RPC may hold
 * @param ids says when two messages are the same; the same function for all peers of a topic
 * @param queue RPCs and deliveries that wait for a slow peer or subscriber before more are dropped;
 *     1,024
 * @param patience how long a write to a peer may block before the peer is given up; 10 s
 */
public record GossipOptions(
        RouterOptions router, RpcLimits limits, MessageIds ids, int queue, Duration patience) {
    /** Returns the standard parameters, with message ids by content. */
    public static GossipOptions standard() {
        return new GossipOptions(
                RouterOptions.standard(),
                RpcLimits.standard(),
                MessageIds.byContent(),
                1_024,
                Duration.ofSeconds(10));
    }

    /** Returns these options with another message id function. */
    public GossipOptions identifying(MessageIds other) {
        return new GossipOptions(router, limits, other, queue, patience);
    }

    /** Returns these options with other parameters of the router. */
    public GossipOptions routing(RouterOptions other) {
        return new GossipOptions(other, limits, ids, queue, patience);
    }
}

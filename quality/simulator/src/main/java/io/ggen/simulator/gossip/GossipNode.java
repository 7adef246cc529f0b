package io.ggen.simulator.gossip;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.router.Effect;
import io.ggen.libp2p.gossipsub.router.Environment;
import io.ggen.libp2p.gossipsub.router.Link;
import io.ggen.libp2p.gossipsub.router.Router;
import io.ggen.libp2p.gossipsub.router.RouterOptions;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.MessageIds;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.simulator.net.Pipe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One router and the shell around it. */
public final class GossipNode {
    private static final Duration CHECK = Duration.ofMillis(1);
    private static final int LENGTH = 2;

    private final GossipSwarm swarm;
    private final int number;
    private final PrivateKey key;
    private final PeerId id;
    private final Map<PeerId, Pipe> pipes = new HashMap<>();
    private final Set<Integer> neighbours = new TreeSet<>();
    private Router router;
    private Conduct conduct = Conduct.honest();
    private long seqno;

    GossipNode(GossipSwarm swarm, int number, RouterOptions options) {
        this.swarm = swarm;
        this.number = number;
        this.key = PrivateKey.ofSeed(Sha256.of(Bytes.utf8("node " + number)).bytes());
        this.id = key.publicKey().peerId();
        this.router = fresh(options);
    }

    private Router fresh(RouterOptions options) {
        var environment = Environment.of(id, MessageIds.byContent(), swarm.world().split());
        return new Router(environment, options);
    }

    /** Returns its number in the network. */
    public int number() {
        return number;
    }

    /** Returns its peer id. */
    public PeerId id() {
        return id;
    }

    /** Returns its router. */
    public Router router() {
        return router;
    }

    /** Returns the numbers of the nodes it is connected to. */
    public Set<Integer> neighbours() {
        return neighbours;
    }

    /** Returns the peers in its mesh. */
    public Set<PeerId> mesh() {
        return router.mesh(GossipSwarm.TOPIC);
    }

    /** Makes it behave in another way from now on. */
    public void behave(Conduct other) {
        conduct = other;
    }

    /** Forgets all but its key, as a process does that starts again. */
    void restart(RouterOptions options) {
        router = fresh(options);
        pipes.clear();
        neighbours.clear();
    }

    void subscribe() {
        perform(router.subscribe(GossipSwarm.TOPIC, swarm.world().now()));
    }

    void connected(GossipNode other, Link link) {
        pipes.put(other.id, swarm.network().pipe(number, other.number));
        neighbours.add(other.number);
        perform(router.connected(other.id, link, swarm.world().now()));
    }

    void disconnected(GossipNode other) {
        if (pipes.remove(other.id) != null) {
            neighbours.remove(other.number);
            perform(router.disconnected(other.id, swarm.world().now()));
        }
    }

    boolean isConnected(GossipNode other) {
        return pipes.containsKey(other.id);
    }

    void heartbeat() {
        perform(router.heartbeat(swarm.world().now()));
    }

    /** Signs a message of its own without publishing it. */
    public Message sign(Bytes data) {
        return StrictSign.sign(key, seqno++, GossipSwarm.TOPIC, data);
    }

    void publish(Message message) {
        perform(router.publish(message, swarm.world().now()));
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send(PeerId to, Rpc rpc) -> send(to, conduct.sends(id, rpc));
                case Effect.Validate(Bytes message, Message content, PeerId from) ->
                        validate(message, content, from);
                case Effect.Wait(Bytes message, Duration pause) -> wait(message, pause);
                case Effect.Deliver deliver -> swarm.delivered(this, deliver.message());
                case Effect.Exchange exchange -> {
                    // whom to connect to is the swarm's affair
                }
                case Effect.Ban(PeerId peer, var until) -> swarm.banned(this, peer);
            }
        }
    }

    /** Sends {@code rpc} to a connected peer, whatever the router thinks of it. */
    public void send(PeerId to, Rpc rpc) {
        Pipe pipe = pipes.get(to);
        if (pipe != null && !rpc.isEmpty()) {
            int bytes = RpcCodec.encode(rpc).length() + LENGTH;
            pipe.send(bytes, () -> swarm.arrived(this, pipe.to(), rpc));
        }
    }

    private void validate(Bytes message, Message content, PeerId from) {
        Router asked = router;
        swarm.world()
                .after(
                        CHECK,
                        () -> {
                            if (asked == router) {
                                var verdict = swarm.verdict(this, content, from);
                                perform(router.validated(message, verdict, swarm.world().now()));
                            }
                        });
    }

    private void wait(Bytes message, Duration pause) {
        Router asked = router;
        swarm.world()
                .after(
                        pause,
                        () -> {
                            if (asked == router) {
                                perform(router.waited(message));
                            }
                        });
    }

    void received(GossipNode from, Rpc rpc) {
        if (pipes.containsKey(from.id)) {
            perform(router.received(from.id, rpc, swarm.world().now()));
        }
    }
}

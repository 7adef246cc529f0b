package io.ggen.simulator.dht;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadEffect;
import io.ggen.libp2p.kad.KadNode;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadRequest;
import io.ggen.libp2p.kad.KadStorage;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.kad.MemoryProviderStore;
import io.ggen.libp2p.kad.MemoryRecordStore;
import io.ggen.libp2p.kad.NodeOptions;
import io.ggen.libp2p.kad.Place;
import io.ggen.libp2p.kad.QueryEffect.News;
import io.ggen.libp2p.kad.StoreLimits;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.simulator.net.Pipe;
import io.ggen.simulator.net.World;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One production node and the shell around it. */
public final class DhtNode {
    static final int DIAL_ROUND_TRIPS = 3;

    /** Bytes of a call that are not the message: its length, and the protocol on a new stream. */
    private static final int FRAME = 24;

    private final DhtSwarm swarm;
    private final int number;
    private final KadPeer peer;
    private final Place place;
    private final Map<PeerId, Pipe> pipes = new HashMap<>();
    private final Map<Long, Consumer<News>> listeners = new HashMap<>();
    private KadNode kad;
    private KadStorage storage;
    private DhtConduct conduct = DhtConduct.honest();
    private Instant nextTick = Instant.MAX;
    private boolean ticks;
    private long asked;

    DhtNode(DhtSwarm swarm, int number, KadPeer peer) {
        this.swarm = swarm;
        this.number = number;
        this.peer = peer;
        this.place = Place.of(peer.id());
        this.storage = emptyStorage();
        this.kad = freshNode();
    }

    private KadStorage emptyStorage() {
        var limits = StoreLimits.standard();
        return new KadStorage(
                new MemoryRecordStore(DhtSwarm.VALIDATOR, limits),
                new MemoryProviderStore(limits),
                who -> who.equals(peer.id()) ? peer.addresses() : List.of());
    }

    private KadNode freshNode() {
        var options = NodeOptions.standard(DhtSwarm.VALIDATOR).in(NodeOptions.Mode.SERVER);
        return new KadNode(peer.id(), options, storage, swarm.world().split());
    }

    /** Returns its number in the network. */
    public int number() {
        return number;
    }

    /** Returns its peer id and address. */
    public KadPeer peer() {
        return peer;
    }

    /** Returns its place. */
    public Place place() {
        return place;
    }

    /** Returns what decides in it. */
    public KadNode kad() {
        return kad;
    }

    /** Returns what it keeps. */
    public KadStorage storage() {
        return storage;
    }

    /** Returns how many requests it has sent. */
    public long asked() {
        return asked;
    }

    /** Makes it answer in another way from now on. */
    public void behave(DhtConduct other) {
        conduct = other;
    }

    private Multiaddr address() {
        return peer.addresses().getFirst();
    }

    World world() {
        return swarm.world();
    }

    private Instant now() {
        return swarm.world().now();
    }

    /** Lets it do from now on what time asks for; until then it only answers. */
    public void live() {
        ticks = true;
        perform();
    }

    /** Starts again with an empty table; what it keeps stays. */
    public void restart() {
        forgetConnections();
        listeners.clear();
        nextTick = Instant.MAX;
        kad = freshNode();
    }

    /** Closes all connections. */
    public void forgetConnections() {
        pipes.keySet()
                .forEach(other -> swarm.node(other).ifPresent(there -> there.drop(peer.id())));
        pipes.clear();
    }

    private void drop(PeerId other) {
        pipes.remove(other);
    }

    /** Starts a task; {@code listener} hears of what it finds. */
    public void start(KadTask task, Consumer<News> listener) {
        long id = kad.start(task, now());
        listeners.put(id, listener);
        ticks = true;
        perform();
    }

    void perform() {
        for (KadEffect effect : kad.effects()) {
            switch (effect) {
                case KadEffect.Send send -> send(send);
                case KadEffect.Found(long task, News news) -> {
                    Consumer<News> listener = listeners.get(task);
                    if (listener != null) {
                        listener.accept(news);
                    }
                }
                case KadEffect.ModeChanged changed -> {
                    // all of them are servers
                }
            }
        }
        if (ticks) {
            sleep();
        }
    }

    private void sleep() {
        Instant wake = kad.wakeUp().isBefore(now()) ? now() : kad.wakeUp();
        if (wake.isBefore(nextTick)) {
            nextTick = wake;
            KadNode asleep = kad;
            swarm.world().at(wake, () -> tick(asleep, wake));
        }
    }

    private void tick(KadNode asleep, Instant planned) {
        if (asleep == kad && planned.equals(nextTick)) {
            nextTick = Instant.MAX;
            if (!swarm.network().isDown(number)) {
                kad.tick(now());
                perform();
            }
        }
    }

    private void send(KadEffect.Send send) {
        asked++;
        Optional<DhtNode> to = swarm.at(send.to());
        if (to.isPresent()) {
            Pipe open = pipes.get(send.to().id());
            if (open == null) {
                dial(to.get(), send);
            } else {
                request(open, to.get(), send);
            }
        }
    }

    private void dial(DhtNode to, KadEffect.Send send) {
        long trip = swarm.network().roundTrip(number, to.number);
        long begun = swarm.world().micros();
        KadNode asker = kad;
        swarm.world().at(begun + trip, () -> whileReached(to, () -> reached(asker, to)));
        swarm.world()
                .at(
                        begun + DIAL_ROUND_TRIPS * trip,
                        () -> whileReached(to, () -> request(connect(to), to, send)));
    }

    private void whileReached(DhtNode to, Runnable action) {
        if (swarm.network().reaches(number, to.number)) {
            action.run();
        }
    }

    private void reached(KadNode asker, DhtNode to) {
        if (asker == kad) {
            kad.onReached(to.peer.id(), now());
            perform();
        }
    }

    /** Connects to {@code other} for no reason of its own node's. */
    public void call(DhtNode other) {
        if (!pipes.containsKey(other.peer.id())) {
            connect(other);
        } else {
            other.kad.offer(peer, address(), now());
            other.perform();
        }
    }

    private Pipe connect(DhtNode to) {
        Pipe known = pipes.get(to.peer.id());
        if (known != null) {
            return known;
        }
        Pipe there = swarm.network().pipe(number, to.number);
        pipes.put(to.peer.id(), there);
        to.pipes.put(peer.id(), swarm.network().pipe(to.number, number));
        to.kad.inbound(address());
        to.kad.offer(peer, address(), now());
        to.perform();
        return there;
    }

    private void request(Pipe pipe, DhtNode to, KadEffect.Send send) {
        KadNode asker = kad;
        pipe.send(
                send.request().encode().length() + FRAME,
                () -> {
                    if (asker == kad) {
                        to.answer(this, send);
                    }
                });
        if (send.request() instanceof KadRequest.AddProvider) {
            answered(send.rpc(), to.address(), KadAnswer.of(List.of()));
        }
    }

    private void answer(DhtNode asker, KadEffect.Send send) {
        Optional<KadAnswer> answer;
        try {
            answer = kad.onRequest(asker.peer.id(), send.request(), now());
        } catch (Libp2pException e) {
            reply(asker, 0, () -> asker.failed(send.rpc()));
            return;
        }
        if (send.request() instanceof KadRequest.AddProvider) {
            return;
        }
        Optional<KadAnswer> said = conduct.answers(asker, send.request(), answer);
        KadAnswer given = said.orElse(KadAnswer.of(List.of()));
        int bytes = said.isEmpty() ? 0 : given.encode(send.request()).length();
        reply(asker, bytes, () -> asker.answered(send.rpc(), address(), given));
    }

    /** Is asked by {@code sender}, whose own node knows nothing of it, to keep {@code record}. */
    public void receives(DhtNode sender, KadRecord record) {
        try {
            kad.onRequest(sender.peer.id(), new KadRequest.PutValue(record), now());
        } catch (Libp2pException e) {
            swarm.refused();
        }
    }

    private void reply(DhtNode asker, int bytes, Runnable arrival) {
        Pipe back = pipes.get(asker.peer.id());
        if (back != null) {
            back.send(bytes + FRAME, arrival);
        }
    }

    private void answered(long rpc, Multiaddr from, KadAnswer answer) {
        kad.onAnswer(rpc, from, answer, now());
        perform();
    }

    private void failed(long rpc) {
        kad.onFailure(rpc, now());
        perform();
    }

    /**
     * Takes those of {@code peers} into its table that have room there, as if each had answered.
     */
    void know(Iterable<DhtNode> peers) {
        for (DhtNode other : peers) {
            kad.table().answered(other.peer, other.address(), 1, now());
        }
    }
}

package io.ggen.simulator.swarm;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.bitswap.serve.Wantlist;
import io.ggen.libp2p.bitswap.session.Effect;
import io.ggen.libp2p.bitswap.session.SessionOptions;
import io.ggen.libp2p.bitswap.session.WantSession;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;
import io.ggen.simulator.net.Pipe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with a session that fetches and a list of wants for each other that asks it. */
public final class FetchNode {
    private static final int MOST_WANTS = 1_024;
    private static final int FRAME = 64 << 10;
    private static final int WANT_BYTES = 46;
    private static final int PRESENCE_BYTES = 44;
    private static final Duration TICK = Duration.ofMillis(100);

    private final FetchSwarm swarm;
    private final int number;
    private final int blockBytes;
    private final PeerId id;
    private final WantSession session;
    private final Set<Cid> has = new HashSet<>();
    private final Map<FetchNode, Wantlist> desks = new LinkedHashMap<>();
    private final Map<FetchNode, Pipe> pipes = new HashMap<>();
    private final Deque<Runnable> outgoing = new ArrayDeque<>();
    private boolean isSending;
    private boolean hasBegun;
    private boolean hasWanted;
    private long begun;
    private long ended;
    private long blocksSent;

    FetchNode(FetchSwarm swarm, int number, int blockBytes) {
        this.swarm = swarm;
        this.number = number;
        this.blockBytes = blockBytes;
        this.id = new PeerId(Multihash.of(Sha256.of(Bytes.utf8("node " + number))).encode());
        this.session = new WantSession(SessionOptions.standard(), id);
    }

    int number() {
        return number;
    }

    PeerId id() {
        return id;
    }

    void give(Cid cid) {
        has.add(cid);
    }

    /** Returns whether it has the whole content. */
    public boolean isComplete() {
        return has.size() == swarm.blocks().size();
    }

    /** Returns how long it took, in microseconds; of a complete one. */
    public long took() {
        return ended - begun;
    }

    /** Returns how many blocks it has sent to others. */
    public long blocksSent() {
        return blocksSent;
    }

    void begin() {
        hasBegun = true;
        begun = swarm.world().micros();
        tick();
    }

    private void tick() {
        if (!isComplete()) {
            perform(session.tick(swarm.world().now()));
            swarm.world().after(TICK, this::tick);
        }
    }

    /** Is connected to somebody; the root, which all are asked for, says who else fetches. */
    void join(FetchNode other) {
        perform(session.join(other.id, swarm.world().now()));
        if (!hasWanted) {
            hasWanted = true;
            perform(session.want(swarm.blocks(), swarm.world().now()));
        }
        say(other, WANT_BYTES, () -> other.greeted(this));
    }

    private void greeted(FetchNode by) {
        perform(session.fellow(by.id, swarm.world().now()));
        if (hasBegun) {
            say(by, WANT_BYTES, () -> by.perform(by.session.fellow(id, swarm.world().now())));
        }
    }

    private void say(FetchNode to, int bytes, Runnable arrival) {
        pipes.computeIfAbsent(to, it -> swarm.network().pipe(number, it.number))
                .send(bytes, arrival);
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Ask ask) {
                FetchNode to = swarm.node(ask.to());
                Message message = Message.of(ask.wants());
                say(to, WANT_BYTES * ask.wants().size(), () -> to.wanted(this, message));
            }
        }
    }

    private void wanted(FetchNode by, Message message) {
        desks.computeIfAbsent(by, it -> new Wantlist(MOST_WANTS)).apply(message);
        serve();
    }

    /** Says what it has at once; blocks leave one after the other, to one node after the other. */
    private void serve() {
        boolean isSome = true;
        while (isSome && outgoing.isEmpty() && !isSending) {
            isSome = false;
            for (Map.Entry<FetchNode, Wantlist> desk : List.copyOf(desks.entrySet())) {
                desks.remove(desk.getKey());
                desks.put(desk.getKey(), desk.getValue());
                isSome |= desk.getValue().isDue();
                answer(desk.getKey(), desk.getValue());
            }
        }
        sendNext();
    }

    private void answer(FetchNode to, Wantlist wants) {
        while (outgoing.isEmpty() && wants.isDue()) {
            Optional<Want> next = wants.next();
            next.ifPresent(want -> answer(to, wants, want));
        }
    }

    private void answer(FetchNode to, Wantlist wants, Want want) {
        boolean isHere = has.contains(want.cid());
        if (isHere) {
            wants.met(want);
        }
        if (isHere && want.kind() == Want.Kind.BLOCK) {
            outgoing.add(() -> send(to, want.cid(), blockBytes));
        } else {
            say(to, PRESENCE_BYTES, () -> to.presence(this, want.cid(), isHere));
        }
    }

    private void sendNext() {
        if (!isSending && !outgoing.isEmpty()) {
            isSending = true;
            blocksSent++;
            outgoing.remove().run();
        }
    }

    /** Sends frame by frame, so that what is said meanwhile need not wait for a whole block. */
    private void send(FetchNode to, Cid cid, int left) {
        int frame = Math.min(FRAME, left);
        boolean isLast = frame == left;
        say(to, frame, isLast ? () -> to.block(this, cid) : () -> to.heard(this));
        swarm.world()
                .at(
                        swarm.network().uplinkFree(number),
                        () -> {
                            if (isLast) {
                                isSending = false;
                                serve();
                            } else {
                                send(to, cid, left - frame);
                            }
                        });
    }

    private void heard(FetchNode by) {
        session.heard(by.id, swarm.world().now());
    }

    private void presence(FetchNode by, Cid cid, boolean have) {
        perform(session.presence(by.id, cid, have, swarm.world().now()));
    }

    private void block(FetchNode by, Cid cid) {
        if (has.add(cid)) {
            ended = swarm.world().micros();
        }
        perform(session.block(by.id, cid, swarm.world().now()));
        desks.values().forEach(desk -> desk.arrived(cid));
        serve();
    }
}

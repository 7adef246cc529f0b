package io.ggen.simulator.dht;

import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadTask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.News;
import io.ggen.libp2p.kad.QueryEffect.PeerFound;
import io.ggen.libp2p.kad.QueryEffect.ProvidersFound;
import io.ggen.libp2p.kad.QueryEffect.Secured;
import io.ggen.libp2p.kad.QueryEffect.ValueFound;
import io.ggen.libp2p.key.PeerId;
import io.ggen.simulator.net.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A task that a node was given, and what it has brought so far. */
public final class Inquiry {
    private static final Duration LONGEST = Duration.ofSeconds(70);
    private static final long NOT_YET = -1;

    private final World world;
    private final long begun;
    private final List<PeerId> nearest = new ArrayList<>();
    private final Set<PeerId> providers = new LinkedHashSet<>();
    private Optional<KadRecord> value = Optional.empty();
    private long firstFound = NOT_YET;
    private long secured = NOT_YET;
    private long ended = NOT_YET;

    private Inquiry(World world) {
        this.world = world;
        this.begun = world.micros();
    }

    /** Gives {@code asker} the task. */
    public static Inquiry begin(DhtNode asker, KadTask task) {
        var inquiry = new Inquiry(asker.world());
        asker.start(task, inquiry::hear);
        return inquiry;
    }

    private void hear(News news) {
        switch (news) {
            case ValueFound(KadRecord record) -> {
                value = Optional.of(record);
                found();
            }
            case ProvidersFound(List<KadPeer> some) -> {
                some.forEach(provider -> providers.add(provider.id()));
                found();
            }
            case PeerFound peer -> found();
            case Secured holders -> secured = world.micros();
            case Done done -> {
                done.nearest().forEach(peer -> nearest.add(peer.id()));
                ended = world.micros();
            }
        }
    }

    private void found() {
        if (firstFound == NOT_YET) {
            firstFound = world.micros();
        }
    }

    /** Lets time pass until the task has ended, at most 70 s; returns this inquiry. */
    public Inquiry toTheEnd() {
        long limit = begun + LONGEST.toNanos() / 1000;
        world.runUntil(() -> ended != NOT_YET || world.micros() > limit);
        return this;
    }

    /** Lets time pass until something was found or the task has ended; returns this inquiry. */
    public Inquiry toTheFirst() {
        long limit = begun + LONGEST.toNanos() / 1000;
        world.runUntil(() -> firstFound != NOT_YET || ended != NOT_YET || world.micros() > limit);
        return this;
    }

    /** Returns the peers that the network has named as nearest. */
    public List<PeerId> nearest() {
        return List.copyOf(nearest);
    }

    /** Returns the best value so far. */
    public Optional<KadRecord> value() {
        return value;
    }

    /** Returns the providers so far. */
    public Set<PeerId> providers() {
        return Set.copyOf(providers);
    }

    /** Returns whether a value, a peer or a provider was found. */
    public boolean hasFound() {
        return firstFound != NOT_YET;
    }

    /** Returns after how many milliseconds the first thing was found. */
    public double firstMs() {
        return since(firstFound);
    }

    /** Returns after how many milliseconds three of four holders had what was to be stored. */
    public double securedMs() {
        return since(secured == NOT_YET ? ended : secured);
    }

    /** Returns after how many milliseconds the task ended. */
    public double endMs() {
        return since(ended);
    }

    private double since(long time) {
        return ((time == NOT_YET ? world.micros() : time) - begun) / 1e3;
    }
}

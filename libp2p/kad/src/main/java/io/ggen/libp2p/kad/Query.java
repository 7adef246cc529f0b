package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.Secured;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One question to the network, from the peers that are known to those nearest to a key. Pure: call
 * {@link #next} at the start, after each report and at {@link #wakeUp}, and do what it returns. Not
 * thread-safe.
 *
 * <p>States: on the way → at the nearest, where something is stored → done. What is stored goes to
 * peers that are likely to be among the nearest while still on the way.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#dht-operations">DHT
 *     operations</a>
 */
public final class Query {
    private final Place target;
    private final Lookup lookup;
    private final Goal goal;
    private final QueryOptions options;
    private final List<QueryEffect> found = new ArrayList<>();
    private Optional<Instant> end = Optional.empty();
    private final Optional<Stores> stores;
    private boolean done;

    private NetworkSize size = new NetworkSize();

    private Query(PeerId self, Bytes key, Goal goal, QueryOptions options) {
        this.target = Place.of(key);
        this.lookup = new Lookup(self, target, options);
        this.goal = goal;
        this.options = options;
        this.stores = goal.store().map(request -> new Stores(request, options.nearest()));
    }

    /** Makes a query of {@code self} for the peers nearest to {@code target}. */
    public static Query findNode(PeerId self, Bytes target, QueryOptions options) {
        return new Query(
                self, target, new Goal.Nearest(new KadRequest.FindNode(target), false), options);
    }

    /**
     * Makes the same query, which ends as soon as the nearest are known, though not all of them
     * have answered: the others are there by what several say, and somebody takes connections
     * there.
     */
    public static Query closest(PeerId self, Bytes target, QueryOptions options) {
        return new Query(
                self, target, new Goal.Nearest(new KadRequest.FindNode(target), true), options);
    }

    /** Makes a query for {@code peer}, which ends as soon as it answers itself. */
    public static Query findPeer(PeerId self, PeerId peer, QueryOptions options) {
        return new Query(self, peer.multihash(), new PeerGoal(peer), options);
    }

    /**
     * Makes a query for the best value of {@code question}.
     *
     * @param quorum after how many valid answers it ends; more than there are peers to ask all of
     *     the nearest
     */
    public static Query getValue(
            PeerId self,
            KadRequest.GetValue question,
            Validator validator,
            int quorum,
            QueryOptions options) {
        var goal = new ValueGoal(question, validator, quorum);
        return new Query(self, question.key(), goal, options);
    }

    /**
     * Makes a query for providers.
     *
     * @param enough how many end the query
     */
    public static Query getProviders(
            PeerId self, KadRequest.GetProviders question, int enough, QueryOptions options) {
        return new Query(self, question.key(), new ProvidersGoal(question, enough), options);
    }

    /** Makes a query that stores {@code request}'s value at the peers nearest to its key. */
    public static Query putValue(PeerId self, KadRequest.PutValue request, QueryOptions options) {
        return storing(self, request.value().key(), request, options);
    }

    /** Makes a query that tells the peers nearest to a key that {@code request}'s peer has it. */
    public static Query addProvider(
            PeerId self, KadRequest.AddProvider request, QueryOptions options) {
        return storing(self, request.key(), request, options);
    }

    private static Query storing(PeerId self, Bytes key, KadRequest request, QueryOptions options) {
        return new Query(
                self, key, new Goal.Storing(new KadRequest.FindNode(key), request), options);
    }

    /** Returns the place that is looked for. */
    Place target() {
        return target;
    }

    /** Adds peers to begin with, as many as a lookup finds; returns this query. */
    public Query from(List<KadPeer> peers) {
        lookup.begin(peers);
        return this;
    }

    /** Adds what is known here already, a valid value or providers; returns this query. */
    public Query knowing(KadAnswer answer) {
        found.addAll(goal.known(answer));
        return this;
    }

    /** Uses and improves what is known of how long peers take; returns this query. */
    Query timed(Timing timing) {
        lookup.use(timing);
        return this;
    }

    /** Uses and improves what is known of how densely the network is populated; returns this. */
    Query sized(NetworkSize known) {
        size = known;
        return this;
    }

    /** Hears the answer of {@code peer}; one that was not asked for is ignored. */
    public void onAnswer(KadPeer peer, KadRequest request, KadAnswer answer, Instant now) {
        if (done) {
            return;
        }
        if (isStore(request)) {
            stores.orElseThrow().answered(peer.id(), answer);
        } else if (lookup.answered(peer.id(), answer.closer(), now)) {
            found.addAll(goal.heard(peer, answer));
        }
    }

    private boolean isStore(KadRequest request) {
        return stores.filter(storing -> storing.isAbout(request)).isPresent();
    }

    /**
     * Hears that somebody has taken a connection that is made to {@code peer}; returns whether that
     * was being waited for.
     */
    public boolean onReached(PeerId peer, Instant now) {
        return !done && lookup.reached(peer, now);
    }

    /** Hears that {@code peer} could not be asked or has answered with something else. */
    public void onFailure(PeerId peer, KadRequest request) {
        if (isStore(request)) {
            stores.orElseThrow().failed(peer);
        } else {
            lookup.failed(peer);
        }
    }

    /** Returns what is to be done now; nothing once {@link Done} was returned. */
    public List<QueryEffect> next(Instant now) {
        if (done) {
            return List.of();
        }
        if (end.isEmpty()) {
            end = Optional.of(now.plus(options.limit()));
        }
        List<QueryEffect> effects = new ArrayList<>(found);
        found.clear();
        if (!hasArrived()) {
            walk(now, effects);
        }
        stores.ifPresent(storing -> store(storing, now, effects));
        return effects;
    }

    private boolean hasArrived() {
        return stores.filter(Stores::hasArrived).isPresent();
    }

    private void walk(Instant now, List<QueryEffect> effects) {
        boolean over = goal.isEnough() || isOver(now);
        if (!over) {
            lookup.next(now).forEach(step -> effects.add(ask(step)));
            stores.ifPresent(storing -> {
                effects.addAll(storing.ask(lookup.likely(size.radius())));
                effects.addAll(storing.ask(lookup.settled()));
            });
        }
        if (!over && goal.isHasty() && lookup.isFound()) {
            done = true;
            effects.add(new Done(lookup.found(), goal.value(), goal.holders()));
        } else if (over || lookup.isDone()) {
            arrive(now, effects);
        }
    }

    private Ask ask(Lookup.Step step) {
        KadPeer peer = step.peer();
        return new Ask(
                peer,
                step.neighbours()
                        ? new KadRequest.FindNode(peer.id().multihash())
                        : goal.question());
    }

    private boolean isOver(Instant now) {
        return end.filter(limit -> !now.isBefore(limit)).isPresent();
    }

    private void arrive(Instant now, List<QueryEffect> effects) {
        List<KadPeer> nearest = lookup.nearest();
        if (nearest.size() >= options.nearest() && lookup.isDone()) {
            size.found(target, nearest);
        }
        if (stores.isPresent()) {
            effects.addAll(stores.get().ask(nearest));
            stores.get().arrive(nearest, now.plus(options.deadline()));
        } else {
            effects.addAll(goal.corrections(lookup.isDone() ? nearest : List.of()));
            finish(goal.holders(), effects);
        }
    }

    private void store(Stores storing, Instant now, List<QueryEffect> effects) {
        storing.newlySecured().ifPresent(holders -> effects.add(new Secured(holders)));
        if (storing.hasArrived() && storing.isDone(now)) {
            finish(storing.holders(lookup.nearest()), effects);
        }
    }

    private void finish(int holders, List<QueryEffect> effects) {
        done = true;
        effects.add(new Done(lookup.nearest(), goal.value(), holders));
    }

    /** Returns when {@link #next} is to be called although nothing was heard. */
    public Optional<Instant> wakeUp(Instant now) {
        if (done) {
            return Optional.empty();
        }
        Optional<Instant> next = hasArrived() ? stores.flatMap(Stores::end) : lookup.wakeUp(now);
        return next.isEmpty() || end.filter(next.get()::isAfter).isPresent() ? end : next;
    }
}

package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.Calls.Call;
import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.News;
import io.ggen.libp2p.kad.QueryEffect.Tell;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All that one node of the network decides: whom it knows, what it answers, whom it asks. Pure: it
 * has no clock, thread or socket and draws from the {@link RandomGenerator} it is given, so that
 * the same inputs give the same effects. Not thread-safe, and calls back to nobody but its {@link
 * KadStorage}.
 *
 * <p>How to drive it: after any call perform what {@link #effects} returns, in order; call {@link
 * #tick} when {@link #wakeUp} says so, the first time at once.
 */
public final class KadNode {
    /** Begins no task: a peer is asked for the table's sake. */
    private static final long NOBODY = 0;

    /** The task of telling again what was published. */
    private static final long REPUBLISHING = -1;

    private static final Duration CHORES = Duration.ofSeconds(30);
    private static final Duration COLLECTION = Duration.ofHours(1);
    private static final int CHECKS = 10;

    private final PeerId self;
    private final NodeOptions options;
    private final KadStorage storage;
    private final RandomGenerator random;
    private final RoutingTable table;
    private final Queries queries;
    private final Responder responder;
    private final Remembered remembered = new Remembered();
    private final Republisher republisher;
    private final Bootstrap bootstrap = new Bootstrap();
    private final Calls calls;
    private final Timing timing;
    private final NetworkSize size = new NetworkSize();
    private final Map<Long, Search> searches = new LinkedHashMap<>();
    private final Deque<Bytes> refreshes = new ArrayDeque<>();
    private List<KadEffect> effects = new ArrayList<>();
    private Instant chores = Instant.MIN;
    private Instant collection = Instant.MIN;
    private Instant lastAnswer = Instant.MIN;
    private long lastTask;
    private long refreshing = NOBODY;
    private boolean reached;
    private boolean server;

    /** A query under way. */
    private static final class Search {
        private final Query query;
        private final Optional<Publication> publication;
        private Optional<Instant> wakeUp = Optional.empty();

        Search(Query query, Optional<Publication> publication) {
            this.query = query;
            this.publication = publication;
        }
    }

    /** Makes a node that knows nobody yet. */
    public KadNode(PeerId self, NodeOptions options, KadStorage storage, RandomGenerator random) {
        this.self = self;
        this.options = options;
        this.storage = storage;
        this.random = random;
        this.table = new RoutingTable(self, options.routing());
        this.queries = new Queries(self, options, storage);
        this.responder = new Responder(self, table::closest, storage, options.query().named());
        this.republisher = new Republisher(self, storage, options.query().nearest());
        this.timing = new Timing(options.query().patience());
        this.calls = new Calls(options.query().deadline());
        this.server = decidesToServe();
    }

    /** Returns what is to be done since the last call, in order. */
    public List<KadEffect> effects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        List<KadEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    /**
     * Returns the answer to what {@code sender} asks; none to ADD_PROVIDER. Its effects are none.
     *
     * @throws io.ggen.libp2p.Libp2pException PROTOCOL_VIOLATION for a value that is not valid,
     *     LIMIT_EXCEEDED when there is no room for it
     */
    public Optional<KadAnswer> onRequest(PeerId sender, KadRequest request, Instant now) {
        return responder.answer(sender, request, now);
    }

    /**
     * Hears that there is a connection to {@code peer}, which says that it serves this protocol and
     * where it listens.
     *
     * @param from the address at the other end of the connection
     */
    public void offer(KadPeer peer, Multiaddr from, Instant now) {
        probe(table.heardOf(peer, from), now);
    }

    /** Hears that {@code peer} does not serve this protocol any more. */
    public void withdraw(PeerId peer) {
        table.remove(peer);
    }

    /** Hears that somebody has connected to this node from {@code from}. */
    public void inbound(Multiaddr from) {
        reached |= !NetworkGroup.isLocal(from) && !from.has(AddressProtocol.P2P_CIRCUIT);
        decideMode();
    }

    /** Takes {@code peers} to join the network by, in place of those before, and asks them. */
    public void bootstrap(List<BootstrapPeer> peers, Instant now) {
        bootstrap.use(peers);
        probe(bootstrap.begin(table.size(), now), now);
        decideMode();
    }

    /**
     * Begins {@code task} and returns the number under which its results come.
     *
     * @throws IllegalArgumentException for a value that is not valid, or older than one that is
     *     known here
     * @throws IllegalStateException for {@link KadTask.Provide} of a node without addresses
     */
    public long start(KadTask task, Instant now) {
        Query query = queries.of(task, now);
        long id = ++lastTask;
        Optional<Publication> publication = Queries.publication(task);
        publication.ifPresent(
                each -> storage.publications().put(each, now.plus(Republisher.CYCLE)));
        begin(id, query, publication, now);
        return id;
    }

    /** Publishes that this node has what {@code keys} name, with the next sweeps. */
    void provideAll(List<Bytes> keys, Instant now) {
        KadPeer provider = new KadPeer(self, storage.addresses().of(self));
        for (Bytes key : keys) {
            storage.publications().put(new Publication(key, Optional.empty()), now);
            if (!provider.addresses().isEmpty()) {
                storage.providers().add(key, provider, now);
            }
        }
    }

    private void begin(long id, Query query, Optional<Publication> publication, Instant now) {
        query.timed(timing).sized(size).from(table.closest(query.target(), seeds()));
        var search = new Search(query, publication);
        searches.put(id, search);
        step(id, search, now);
    }

    private int seeds() {
        return options.query().nearest();
    }

    /** Gives up the task: nothing more is heard of it. */
    public void cancel(long task) {
        searches.remove(task);
    }

    private void step(long id, Search search, Instant now) {
        for (QueryEffect effect : search.query.next(now)) {
            switch (effect) {
                case Ask(KadPeer peer, KadRequest request) -> send(id, peer, request, now);
                case Tell(KadPeer peer, KadRequest request) -> send(NOBODY, peer, request, now);
                case Done done -> end(id, done, now);
                case News news -> tell(id, news);
            }
        }
        search.wakeUp = search.query.wakeUp(now);
    }

    private void send(long task, KadPeer to, KadRequest request, Instant now) {
        effects.add(calls.begin(task, to, request, now));
    }

    private void tell(long task, News news) {
        if (task != refreshing && task != REPUBLISHING) {
            effects.add(new KadEffect.Found(task, news));
        }
    }

    private void end(long id, Done done, Instant now) {
        Search ended = searches.remove(id);
        if (ended != null && done.holders() * 2 <= done.nearest().size()) {
            ended.publication.ifPresent(
                    each -> storage.publications().put(each, now.plus(Republisher.RETRY)));
        }
        done.value().ifPresent(best -> correct(best, now));
        tell(id, done);
        if (id == refreshing) {
            refreshing = NOBODY;
            refresh(now);
        } else if (id == REPUBLISHING) {
            Optional<Bytes> next = republisher.found(done.nearest(), now);
            next.ifPresent(target -> look(REPUBLISHING, target, now));
            republish(now);
        }
    }

    /** What the network knows better than this node, it knows too from now on. */
    private void correct(KadRecord best, Instant now) {
        if (storage.records().get(best.key(), now).isPresent()) {
            storage.records().put(best, now);
        }
    }

    /**
     * Hears the answer to a call; one that is not under way is ignored.
     *
     * @param from the address at the other end of the connection
     */
    public void onAnswer(long rpc, Multiaddr from, KadAnswer answer, Instant now) {
        Optional<Call> ended = calls.end(rpc);
        if (ended.isPresent()) {
            Call call = ended.get();
            lastAnswer = now;
            bootstrap.answered(call.to().id(), now);
            remembered.answered(call.to().id());
            learn(call, from, answer, now);
            told(call, true, now);
            Search search = searches.get(call.task());
            if (search != null) {
                search.query.onAnswer(call.to(), call.request(), answer, now);
                step(call.task(), search, now);
            }
        }
    }

    private void learn(Call call, Multiaddr from, KadAnswer answer, Instant now) {
        switch (call.request()) {
            case KadRequest.FindNode find -> admit(call.to(), from, answer, now);
            case KadRequest.GetValue get -> admit(call.to(), from, answer, now);
            case KadRequest.GetProviders get -> admit(call.to(), from, answer, now);
            case KadRequest.PutValue put -> table.heard(call.to().id(), now);
            case KadRequest.Ping ping -> table.heard(call.to().id(), now);
            case KadRequest.AddProvider add -> {
                // nobody has answered
            }
        }
    }

    private void admit(KadPeer asked, Multiaddr from, KadAnswer answer, Instant now) {
        boolean first = table.size() == 0;
        KadPeer peer = whereIs(asked, from);
        probe(table.answered(peer, from, answer.closer().size(), now), now);
        if (first) {
            chores = now;
        }
    }

    /** Of the addresses that others have named, the one is right at which the peer was found. */
    private static KadPeer whereIs(KadPeer asked, Multiaddr from) {
        return asked.addresses().size() > 1 && asked.addresses().contains(from)
                ? new KadPeer(asked.id(), List.of(from))
                : asked;
    }

    private void probe(List<KadPeer> peers, Instant now) {
        peers.forEach(peer -> send(NOBODY, peer, neighbours(), now));
    }

    /** Asks for peers near this node: an answer is a sign of life and helps to find them. */
    private KadRequest neighbours() {
        return new KadRequest.FindNode(self.multihash());
    }

    /**
     * Hears that somebody has taken a connection that is made to {@code peer}: a sign of life,
     * though who it is remains to be seen.
     */
    public void onReached(PeerId peer, Instant now) {
        for (Map.Entry<Long, Search> entry : List.copyOf(searches.entrySet())) {
            if (entry.getValue().query.onReached(peer, now)) {
                step(entry.getKey(), entry.getValue(), now);
            }
        }
    }

    /** Hears that a call has failed: no connection, no or a wrong answer. */
    public void onFailure(long rpc, Instant now) {
        calls.end(rpc).ifPresent(call -> fail(call, now));
    }

    private void fail(Call call, Instant now) {
        PeerId peer = call.to().id();
        told(call, false, now);
        probe(bootstrap.failed(peer), now);
        if (isBlamed(call)) {
            boolean known = table.contains(peer);
            probe(table.failed(peer), now);
            if (known && !table.contains(peer)) {
                remembered.lost(call.to(), now);
            }
        } else {
            table.spare(peer);
        }
        Search search = searches.get(call.task());
        if (search != null) {
            search.query.onFailure(peer, call.request());
            step(call.task(), search, now);
        }
    }

    /**
     * Who does not answer while nobody does may be well, and this node's own network be broken:
     * then the table is kept for later.
     */
    private boolean isBlamed(Call call) {
        return lastAnswer.isAfter(call.asked());
    }

    /** Does what time asks for. */
    public void tick(Instant now) {
        for (Optional<Call> late = calls.late(now); late.isPresent(); late = calls.late(now)) {
            onFailure(late.get().rpc(), now);
        }
        for (Map.Entry<Long, Search> entry : List.copyOf(searches.entrySet())) {
            if (entry.getValue().wakeUp.filter(wake -> !now.isBefore(wake)).isPresent()) {
                step(entry.getKey(), entry.getValue(), now);
            }
        }
        if (!now.isBefore(chores)) {
            chores = now.plus(CHORES);
            doChores(now);
        }
    }

    /** Hears that a peer was told of a publication; calls of lookups are not meant. */
    private void told(Call call, boolean well, Instant now) {
        boolean telling = !(call.request() instanceof KadRequest.FindNode);
        if (call.task() == REPUBLISHING && telling) {
            republisher.told(call.to().id(), well).ifPresent(next -> tell(next, now));
            republish(now);
        }
    }

    private void tell(Republisher.Telling telling, Instant now) {
        send(REPUBLISHING, telling.peer(), telling.request(), now);
    }

    private void republish(Instant now) {
        republisher.next(now).forEach(next -> tell(next, now));
        if (table.size() > 0) {
            republisher.begin(now).ifPresent(target -> look(REPUBLISHING, target, now));
        }
    }

    private void doChores(Instant now) {
        probe(bootstrap.begin(table.size(), now), now);
        probe(table.doubtful(CHECKS, now), now);
        if (remembered.isReunion()) {
            table.renew();
        }
        probe(remembered.due(now), now);
        if (table.size() > 0) {
            refreshes.addAll(table.refresh(now, random));
            refresh(now);
            republish(now);
        }
        decideMode();
        if (!now.isBefore(collection)) {
            collection = now.plus(COLLECTION);
            storage.records().collect(now);
            storage.providers().collect(now);
        }
    }

    /** Begins the next refresh; one follows another. */
    private void refresh(Instant now) {
        if (refreshing == NOBODY && !refreshes.isEmpty()) {
            refreshing = ++lastTask;
            Bytes target = refreshes.remove();
            look(refreshing, target, now);
        }
    }

    private void look(long id, Bytes target, Instant now) {
        begin(id, Query.findNode(self, target, options.query()), Optional.empty(), now);
    }

    private void decideMode() {
        boolean decision = decidesToServe();
        if (decision != server) {
            server = decision;
            effects.add(new KadEffect.ModeChanged(server));
        }
    }

    private boolean decidesToServe() {
        return switch (options.mode()) {
            case SERVER -> true;
            case CLIENT -> false;
            case AUTO -> reached || !knowsPublicPeers();
        };
    }

    private boolean knowsPublicPeers() {
        return table.hasPublicPeers()
                || bootstrap.peers().stream()
                        .flatMap(entry -> entry.peer().addresses().stream())
                        .anyMatch(address -> !NetworkGroup.isLocal(address));
    }

    /** Returns when a bootstrap peer answered last. */
    public Optional<Instant> lastBootstrap() {
        return bootstrap.lastAnswer();
    }

    /** Returns whether this node serves others now. */
    public boolean isServer() {
        return server;
    }

    /** Returns when {@link #tick} is to be called although nothing was heard. */
    public Instant wakeUp() {
        Instant next = chores;
        for (Search search : searches.values()) {
            next = earlier(next, search.wakeUp);
        }
        return earlier(next, calls.wakeUp());
    }

    private static Instant earlier(Instant a, Optional<Instant> b) {
        return b.filter(a::isAfter).orElse(a);
    }

    /** Returns whom this node knows, to be looked at only. */
    public RoutingTable table() {
        return table;
    }
}

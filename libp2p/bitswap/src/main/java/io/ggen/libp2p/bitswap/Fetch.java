package io.ggen.libp2p.bitswap;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentException;
import io.ggen.content.DagFrontier;
import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.bitswap.FetchOutcome.Reason;
import io.ggen.libp2p.bitswap.ProviderReport.Standing;
import io.ggen.libp2p.bitswap.session.Effect;
import io.ggen.libp2p.bitswap.session.WantSession;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.Presence;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One download: takes what its providers' streams bring, in one thread, and asks the session whom
 * to ask next. What waits to be taken is bounded, so that a slow sink slows the providers.
 */
final class Fetch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Fetch.class.getName());
    private static final int BUDGET_KIB = 64 * 1024;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration HOPE = Duration.ofSeconds(2);
    private static final Duration FIND_AGAIN = Duration.ofSeconds(5);
    private static final int NAMED = 16;
    private static final int MAX_PROVIDERS = 256;
    private static final int MAX_FELLOWS = 64;

    private final Bitswap bitswap;
    private final FetchRequest request;
    private final WantSession session;
    private final SharedBlocks store;
    private final DagFrontier frontier;
    private final Ledger ledger;
    private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
    private final Semaphore budget = new Semaphore(BUDGET_KIB);
    private final Set<Cid> mine = ConcurrentHashMap.newKeySet();
    private final Set<Cid> open = ConcurrentHashMap.newKeySet();
    private final BlockSource served = new Served();
    private final Set<PeerId> fellows = ConcurrentHashMap.newKeySet();
    private final Thread finding = Thread.ofVirtual().name("providers").unstarted(this::find);
    private boolean found;
    private Optional<Instant> hopelessSince = Optional.empty();
    private volatile boolean closed;

    /** What happens to a download, in the order in which it is taken. */
    private sealed interface Event {
        record Came(PeerId from, Message message, int cost) implements Event {}

        record Ready(PeerId peer) implements Event {}

        record Lost(PeerId peer, Standing standing, String detail) implements Event {}

        record Found(List<PeerId> peers) implements Event {}

        record Wanted(PeerId by) implements Event {}
    }

    Fetch(Bitswap bitswap, FetchRequest request) {
        this.bitswap = bitswap;
        this.request = request;
        this.session = new WantSession(bitswap.options().session(), bitswap.host().peerId());
        this.store = new SharedBlocks(request.held(), request.sink());
        this.frontier = new DagFrontier(store, request.limits());
        this.ledger = new Ledger(request.providers());
    }

    FetchOutcome run() throws IOException {
        Instant start = now();
        Instant end = start.plus(request.deadline());
        bitswap.server().offer(served);
        Optional<FetchOutcome.Incomplete> failure = Optional.empty();
        try {
            frontier.begin(request.root());
            want();
            callProviders();
            finding.start();
            while (!isComplete() && failure.isEmpty()) {
                step(end);
                failure = failure(end);
            }
        } catch (ContentException e) {
            failure = Optional.of(incomplete(Reason.REFUSED, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = Optional.of(incomplete(Reason.DEADLINE, "interrupted"));
        }
        perform(session.stop());
        var figures = ledger.figures(frontier.held(), Duration.between(start, now()));
        return failure.<FetchOutcome>map(it ->
                        new FetchOutcome.Incomplete(
                                it.reason(), it.detail(), it.missing(), figures))
                .orElseGet(() -> new FetchOutcome.Complete(figures));
    }

    private Instant now() {
        return bitswap.host().options().clock().instant();
    }

    private boolean isComplete() {
        return frontier.isComplete();
    }

    private void step(Instant end) throws IOException, InterruptedException {
        Duration left = Duration.between(now(), end);
        long wait = Math.max(0, Math.min(TICK.toMillis(), left.toMillis()));
        Event event = inbox.poll(wait, TimeUnit.MILLISECONDS);
        while (event != null) {
            take(event);
            event = isComplete() ? null : inbox.poll();
        }
        perform(session.tick(now()));
    }

    private void take(Event event) throws IOException {
        switch (event) {
            case Event.Ready ready -> {
                ledger.asked(ready.peer());
                perform(session.join(ready.peer(), now()));
                if (fellows.contains(ready.peer())) {
                    perform(session.fellow(ready.peer(), now()));
                }
            }
            case Event.Found more -> {
                found = true;
                more.peers().stream().limit(MAX_PROVIDERS).forEach(ledger::add);
                callProviders();
            }
            case Event.Wanted wanted -> {
                ledger.add(wanted.by());
                if (ledger.callNow(wanted.by())) {
                    call(wanted.by());
                }
                perform(session.fellow(wanted.by(), now()));
            }
            case Event.Lost lost -> lose(lost);
            case Event.Came came -> {
                budget.release(came.cost());
                session.heard(came.from(), now());
                for (Presence presence : came.message().presences()) {
                    ledger.says(came.from(), presence);
                    perform(session.presence(came.from(), presence.cid(), presence.have(), now()));
                }
                for (Block block : came.message().blocks()) {
                    arrived(came.from(), block);
                }
                want();
            }
        }
    }

    private void arrived(PeerId from, Block block) throws IOException {
        Cid cid = block.cid();
        Bytes bytes = block.bytes();
        if (!session.wants(cid)) {
            ledger.duplicate(from);
            return;
        }
        open.remove(cid);
        store.put(cid, bytes.buffer());
        mine.add(cid);
        frontier.fetched(cid, bytes);
        perform(session.block(from, cid, now()));
        ledger.brought(from, bytes.length(), session.service(from));
        bitswap.server().arrived(cid);
        request.progress().accept(ledger.progress(frontier.known()));
    }

    private void want() {
        List<Missing> more = frontier.take(session.room());
        if (!more.isEmpty()) {
            more.forEach(one -> open.add(one.cid()));
            perform(session.want(more, now()));
            more.stream()
                    .limit(NAMED)
                    .flatMap(one -> bitswap.server().waitingFor(one.cid()).stream())
                    .forEach(this::meet);
        }
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Ask ask -> ask(ask);
                case Effect.Stalled stalled -> {
                    String detail =
                            "silent for "
                                    + bitswap.options().session().patience().toSeconds()
                                    + " s";
                    ledger.ended(stalled.peer(), Standing.STALLED, detail);
                    callProviders();
                }
            }
        }
    }

    private void ask(Effect.Ask ask) {
        List<Want> wants =
                ask.wants().stream()
                        .filter(want ->
                                want.kind() != Want.Kind.CANCEL
                                        || !bitswap.othersWant(this, want.cid()))
                        .toList();
        if (!wants.isEmpty()) {
            bitswap.ask(ask.to(), Message.of(wants));
        }
    }

    /** Connects to as many providers as may be asked at once. */
    private void callProviders() {
        while (ledger.active() < bitswap.options().providers()) {
            Optional<PeerId> next = ledger.call();
            if (next.isEmpty()) {
                return;
            }
            call(next.get());
        }
    }

    private void call(PeerId peer) {
        Thread.ofVirtual().name("bitswap dial").start(() -> connect(peer));
    }

    /** Looks for providers until the download is over. */
    private void find() {
        try {
            while (!closed) {
                inbox.add(new Event.Found(request.finder().get()));
                TimeUnit.MILLISECONDS.sleep(FIND_AGAIN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "no more providers can be found", e);
            inbox.add(new Event.Found(List.of()));
        }
    }

    /** Takes note of what {@code peer} wants: whoever wants blocks of this DAG fetches it too. */
    void wanted(PeerId peer, List<Want> wants) {
        for (Want want : wants) {
            boolean same = mine.contains(want.cid()) || open.contains(want.cid());
            if (same && want.kind() != Want.Kind.CANCEL) {
                meet(peer);
                return;
            }
        }
    }

    private void meet(PeerId peer) {
        if (fellows.size() < MAX_FELLOWS && fellows.add(peer)) {
            inbox.add(new Event.Wanted(peer));
        }
    }

    private void connect(PeerId peer) {
        try {
            bitswap.connect(peer);
            inbox.add(new Event.Ready(peer));
        } catch (Libp2pException e) {
            inbox.add(new Event.Lost(peer, Standing.UNREACHABLE, String.valueOf(e.getMessage())));
        }
    }

    private void lose(Event.Lost lost) {
        ledger.ended(lost.peer(), lost.standing(), lost.detail());
        perform(session.leave(lost.peer(), now()));
        callProviders();
    }

    private Optional<FetchOutcome.Incomplete> failure(Instant end) {
        if (isComplete()) {
            return Optional.empty();
        }
        if (!now().isBefore(end)) {
            String detail = "not complete after " + request.deadline().toSeconds() + " s";
            return Optional.of(incomplete(Reason.DEADLINE, detail));
        }
        if (closed) {
            return Optional.of(incomplete(Reason.NO_PROVIDER, "Bitswap was closed"));
        }
        if (ledger.active() == 0 && found) {
            return Optional.of(incomplete(Reason.NO_PROVIDER, "no provider is left"));
        }
        return hopeless();
    }

    /**
     * Every provider lacks a block: the next ones are called, and when none is left, time is given.
     */
    private Optional<FetchOutcome.Incomplete> hopeless() {
        Set<Cid> hopeless = ledger.isCalling() || !found ? Set.of() : session.hopeless();
        if (hopeless.isEmpty()) {
            hopelessSince = Optional.empty();
            return Optional.empty();
        }
        Optional<PeerId> another = ledger.call();
        if (another.isPresent()) {
            call(another.get());
            return Optional.empty();
        }
        Instant since = hopelessSince.orElse(now());
        hopelessSince = Optional.of(since);
        if (now().isBefore(since.plus(HOPE))) {
            return Optional.empty();
        }
        List<Cid> named = hopeless.stream().limit(NAMED).toList();
        String detail = "no provider has " + named.getFirst();
        return Optional.of(incomplete(Reason.NOBODY_HAS_THEM, detail, named));
    }

    private FetchOutcome.Incomplete incomplete(Reason reason, String detail) {
        return incomplete(reason, detail, session.missing(NAMED));
    }

    private FetchOutcome.Incomplete incomplete(Reason reason, String detail, List<Cid> missing) {
        return new FetchOutcome.Incomplete(
                reason, detail, missing, ledger.figures(frontier.held(), Duration.ZERO));
    }

    /** Hands over what a provider's stream brought; blocks while too much waits already. */
    void offer(PeerId from, Message message) {
        long bytes = 0;
        for (Block block : message.blocks()) {
            bytes += block.bytes().length();
        }
        int cost = 1 + (int) (bytes + 64L * message.presences().size()) / 1024;
        try {
            while (!closed && ledger.isNamed(from)) {
                if (budget.tryAcquire(cost, 1, TimeUnit.SECONDS)) {
                    inbox.add(new Event.Came(from, message, cost));
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that nothing can be sent to {@code peer} any more. */
    void lost(PeerId peer, Libp2pException reason) {
        Standing standing =
                reason.code() == Code.UNSUPPORTED_PROTOCOL ? Standing.UNREACHABLE : Standing.GONE;
        inbox.add(new Event.Lost(peer, standing, String.valueOf(reason.getMessage())));
    }

    void misbehaved(PeerId peer, String detail) {
        inbox.add(new Event.Lost(peer, Standing.MISBEHAVED, detail));
    }

    /** Returns whether the block is wanted and has not come yet. */
    boolean awaits(Cid cid) {
        return open.contains(cid);
    }

    /** Ends the download, from the thread of {@link #run} or another. */
    @Override
    public void close() {
        closed = true;
        finding.interrupt();
        bitswap.server().withdraw(served);
        store.close();
    }

    /** The blocks of this download that are here. */
    private final class Served implements BlockSource {
        @Override
        public Optional<Bytes> get(Cid cid) throws IOException {
            return mine.contains(cid) ? store.get(cid) : Optional.empty();
        }

        @Override
        public boolean contains(Cid cid) throws IOException {
            return mine.contains(cid) && store.contains(cid);
        }
    }
}

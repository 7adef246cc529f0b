package io.ggen.libp2p.bitswap.session;

import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which provider is asked for which block. Each wanted block goes queued → under way →
 * done, and back to queued when its provider lacks it, stalls or leaves.
 *
 * <p>A provider that has answered everything so far is asked for blocks at once: they are shared
 * out by what is under way at each. One that lacked a block is asked whether it has others, and for
 * those it says it has, now or later. A block that is late is asked of a second one that is idle.
 *
 * <p>Where others fetch the same DAG, its fellows, each asks the holders for a share of the blocks
 * and takes the rest from those whose share they are: so about one copy leaves the holders, however
 * many fetch. Whoever has nothing left to ask helps with the shares of slow ones.
 *
 * <p>A pure machine, not thread-safe: the same calls give the same effects.
 */
public final class WantSession {
    /** The most blocks that may be wanted at a time; the caller holds more back. */
    public static final int MAX_WANTED = 4_096;

    private static final int MAX_HAVE = 512;

    private static final int MAX_FELLOWS = 64;
    private static final int HELP = 2;

    private final SessionOptions options;
    private final Shares shares;
    private final Map<PeerId, Provider> providers = new LinkedHashMap<>();
    private final Map<Cid, Long> wanted = new HashMap<>();
    private final Set<Cid> queued = new LinkedHashSet<>();
    private final Map<PeerId, List<Want>> outgoing = new LinkedHashMap<>();
    private final List<Provider> fellows = new ArrayList<>();
    private List<Provider> sharing = List.of();
    private int help = HELP;
    private Instant nextBroadcast = Instant.MIN;

    /** Makes a session of the node {@code self} without providers and wants. */
    public WantSession(SessionOptions options, PeerId self) {
        this.options = options;
        this.shares = new Shares(self);
    }

    /** Lets the session ask {@code peer} from now on. */
    public List<Effect> join(PeerId peer, Instant now) {
        var provider = new Provider(peer, now);
        if (providers.putIfAbsent(peer, provider) == null) {
            share(List.of(provider), now);
            probe(provider);
        }
        return effects();
    }

    /**
     * Takes note that {@code peer}, which has joined, fetches the same DAG: it wants blocks of it.
     */
    public List<Effect> fellow(PeerId peer, Instant now) {
        Provider provider = providers.get(peer);
        if (provider != null && !provider.isFellow() && fellows.size() < MAX_FELLOWS) {
            provider.becomeFellow(now);
            fellows.add(provider);
            reckon(now);
            leaveItsShare(provider, now);
            askWhatItHas(provider);
        }
        return effects();
    }

    /** Takes back what holders were asked for before it was known whose share it is. */
    private void leaveItsShare(Provider fellow, Instant now) {
        for (Provider holder : providers.values()) {
            if (!holder.isFellow()) {
                for (Cid cid : List.copyOf(holder.flying())) {
                    if (cid.codec() == Cid.RAW && fellow.equals(shares.owner(cid, sharing))) {
                        holder.land(cid, now);
                        tell(holder, Want.cancel(cid));
                        requeue(cid);
                    }
                }
            }
        }
        share(providers.values(), now);
    }

    /** Those that came to have something lately take part in the sharing. */
    private void reckon(Instant now) {
        Instant since = now.minus(options.patience());
        sharing = fellows.stream().filter(fellow -> fellow.hasGivenSince(since)).toList();
    }

    /** Asks one that is not needed yet whether it has a block at all. */
    private void probe(Provider provider) {
        if (provider.isIdle()) {
            wanted.keySet().stream()
                    .findFirst()
                    .filter(provider::askHave)
                    .ifPresent(cid -> tell(provider, Want.have(cid)));
        }
    }

    /** Asks {@code peer} no more; what was asked of it is asked of others. */
    public List<Effect> leave(PeerId peer, Instant now) {
        Provider gone = providers.remove(peer);
        outgoing.remove(peer);
        if (gone != null) {
            fellows.remove(gone);
            reckon(now);
            gone.flying().forEach(this::requeue);
            share(providers.values(), now);
        }
        return effects();
    }

    /** Wants these blocks as well, {@link #MAX_WANTED} in all at most. */
    public List<Effect> want(Collection<Missing> more, Instant now) {
        if (wanted.size() + more.size() > MAX_WANTED) {
            throw new IllegalArgumentException("more than " + MAX_WANTED + " wanted blocks");
        }
        for (Missing one : more) {
            if (wanted.putIfAbsent(one.cid(), Math.max(1, one.size())) == null) {
                queued.add(one.cid());
            }
        }
        askPartialOnes();
        share(providers.values(), now);
        return effects();
    }

    /** Takes note of what {@code peer} says of a block. */
    public List<Effect> presence(PeerId peer, Cid cid, boolean have, Instant now) {
        Provider provider = providers.get(peer);
        if (provider == null || !wanted.containsKey(cid)) {
            return effects();
        }
        provider.heard(now);
        boolean wasWhole = !provider.isPartial();
        provider.says(cid, have, now);
        if (!have && provider.land(cid, now)) {
            provider.askHave(cid);
            tell(provider, Want.have(cid));
            requeue(cid);
        }
        if (wasWhole && provider.isPartial()) {
            askWhatItHas(provider);
        }
        if (queued.contains(cid)) {
            List<Provider> free = free(providers.values());
            if (give(cid, free, now)) {
                queued.remove(cid);
            }
        }
        return effects();
    }

    /** Takes note of a verified block that came from {@code peer}; it is wanted no more. */
    public List<Effect> block(PeerId peer, Cid cid, Instant now) {
        Provider from = providers.get(peer);
        if (from != null) {
            from.heard(now);
            from.served(cid, now);
        }
        share(done(cid, Optional.of(peer), now), now);
        return effects();
    }

    /** Takes note of a block that came another way; it is wanted no more. */
    public List<Effect> got(Cid cid, Instant now) {
        share(done(cid, Optional.empty(), now), now);
        return effects();
    }

    /** Returns the providers that have room again. */
    private List<Provider> done(Cid cid, Optional<PeerId> from, Instant now) {
        List<Provider> freed = new ArrayList<>();
        if (wanted.remove(cid) == null) {
            return freed;
        }
        queued.remove(cid);
        for (Provider provider : providers.values()) {
            boolean flying = provider.isFlying(cid);
            boolean asked = flying || provider.wasAskedWhether(cid);
            provider.forget(cid, now);
            if (asked && !from.equals(Optional.of(provider.id()))) {
                tell(provider, Want.cancel(cid));
            }
            if (flying) {
                freed.add(provider);
            }
        }
        return freed;
    }

    /** Takes note that {@code peer} is alive. */
    public void heard(PeerId peer, Instant now) {
        Provider provider = providers.get(peer);
        if (provider != null) {
            provider.heard(now);
        }
    }

    /** Does what is due; to be called every 100 ms or so. */
    public List<Effect> tick(Instant now) {
        List<Effect> stalled = new ArrayList<>();
        for (Provider provider : List.copyOf(providers.values())) {
            if (provider.isStalled(now, options.patience())) {
                stalled.add(new Effect.Stalled(provider.id()));
                stalled.addAll(leave(provider.id(), now));
            }
        }
        retryUnanswered(now);
        reckon(now);
        askPartialOnes();
        share(providers.values(), now);
        helpOut(now);
        hedge(now);
        if (!nextBroadcast.isAfter(now)) {
            broadcast(now);
        }
        stalled.addAll(effects());
        return stalled;
    }

    private void retryUnanswered(Instant now) {
        Instant limit = now.minus(options.answer());
        for (Provider provider : providers.values()) {
            for (Cid cid : List.copyOf(provider.flying())) {
                if (provider.isOlder(cid, limit)) {
                    provider.land(cid, now);
                    tell(provider, Want.cancel(cid));
                    requeue(cid);
                }
            }
        }
    }

    private void broadcast(Instant now) {
        boolean first = nextBroadcast.equals(Instant.MIN);
        nextBroadcast = now.plus(options.rebroadcast());
        if (!first) {
            for (Provider provider : providers.values()) {
                provider.flying().forEach(cid -> tell(provider, Want.block(cid)));
            }
        }
    }

    private void requeue(Cid cid) {
        boolean flying = providers.values().stream().anyMatch(other -> other.isFlying(cid));
        if (wanted.containsKey(cid) && !flying) {
            queued.add(cid);
        }
    }

    /** Gives queued blocks, in order, to those of {@code some} with room that may be asked. */
    private void share(Collection<Provider> some, Instant now) {
        List<Provider> free = free(some);
        List<Cid> given = new ArrayList<>();
        for (Cid cid : queued) {
            if (free.isEmpty()) {
                break;
            }
            if (give(cid, free, now)) {
                given.add(cid);
                free.removeIf(provider -> !provider.hasRoom(options));
            }
        }
        given.forEach(queued::remove);
    }

    private List<Provider> free(Collection<Provider> some) {
        List<Provider> free = new ArrayList<>(some);
        free.removeIf(provider -> !provider.hasRoom(options));
        return free;
    }

    /** Asks a fellow that has the block, or another holder where it is this node's to ask. */
    private boolean give(Cid cid, List<Provider> free, Instant now) {
        boolean atFellow = fellows.stream().anyMatch(fellow -> fellow.has(cid));
        if (!atFellow && isLeft(cid)) {
            return false;
        }
        long size = wanted.getOrDefault(cid, Missing.UNKNOWN);
        Optional<Provider> best = quickest(free, cid, size, atFellow);
        best.ifPresent(provider -> ask(provider, cid, size, now));
        return best.isPresent();
    }

    /** Returns whether the block is left to a fellow; what leads to others is left to nobody. */
    private boolean isLeft(Cid cid) {
        return !sharing.isEmpty() && cid.codec() == Cid.RAW && shares.owner(cid, sharing) != null;
    }

    private static Optional<Provider> quickest(
            List<Provider> free, Cid cid, long size, boolean fellows) {
        Provider best = null;
        double least = Double.MAX_VALUE;
        for (Provider provider : free) {
            boolean meant = !fellows || provider.isFellow();
            if (meant && provider.mayHave(cid) && !provider.isFlying(cid)) {
                double cost = provider.cost(cid, size);
                if (cost < least) {
                    best = provider;
                    least = cost;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * A holder that has had nothing to do for a while is asked for the last of what was left to the
     * fellow that will be the last to have its share, where that would take it long; for more each
     * time, as that fellow seems to be slow.
     */
    private void helpOut(Instant now) {
        Instant since = now.minus(options.hedge());
        for (Provider provider : providers.values()) {
            if (!queued.isEmpty() && !provider.isFellow() && provider.isIdleSince(since)) {
                List<Cid> last = slowestShare(provider.interval().multipliedBy(4), now);
                for (Cid cid : last.reversed().subList(0, Math.min(help, last.size()))) {
                    if (provider.mayHave(cid) && provider.hasRoom(options)) {
                        queued.remove(cid);
                        ask(provider, cid, wanted.getOrDefault(cid, Missing.UNKNOWN), now);
                    }
                }
                help = last.isEmpty() ? help : Math.min(2 * help, options.depth());
            }
        }
    }

    /** Returns what is left to the fellow that comes to have blocks slowest, if it is too slow. */
    private List<Cid> slowestShare(Duration usual, Instant now) {
        Map<Provider, List<Cid>> left = new LinkedHashMap<>();
        for (Cid cid : queued) {
            Provider owner = shares.owner(cid, sharing);
            if (owner != null) {
                left.computeIfAbsent(owner, who -> new ArrayList<>()).add(cid);
            }
        }
        Duration longest = usual.compareTo(options.hedge()) > 0 ? usual : options.hedge();
        List<Cid> slowest = List.of();
        for (Map.Entry<Provider, List<Cid>> share : left.entrySet()) {
            Duration pace = share.getKey().pace(now);
            if (pace.compareTo(longest) > 0) {
                longest = pace;
                slowest = share.getValue();
            }
        }
        return slowest;
    }

    private void ask(Provider provider, Cid cid, long size, Instant now) {
        provider.ask(cid, size, now);
        tell(provider, Want.block(cid));
    }

    /** Partial providers tell of what they have, now or when it comes to them. */
    private void askPartialOnes() {
        for (Provider provider : providers.values()) {
            if (provider.isPartial()) {
                askWhatItHas(provider);
            }
        }
    }

    private void askWhatItHas(Provider provider) {
        queued.stream()
                .limit(MAX_HAVE)
                .filter(cid -> isUnknown(provider, cid) && provider.askHave(cid))
                .forEach(cid -> tell(provider, Want.have(cid)));
    }

    private static boolean isUnknown(Provider provider, Cid cid) {
        return !provider.lacks(cid) && !provider.mayHave(cid);
    }

    /** Asks for late blocks a second time: of fellows that have them, else of idle holders. */
    private void hedge(Instant now) {
        List<Provider> idle = new ArrayList<>(providers.values());
        idle.removeIf(provider -> !provider.isIdle());
        for (Map.Entry<Cid, Long> entry : wanted.entrySet()) {
            if (idle.isEmpty()) {
                return;
            }
            Cid cid = entry.getKey();
            if (!queued.contains(cid)) {
                Optional<Provider> second =
                        quickest(idle, cid, entry.getValue(), true)
                                .or(() -> quickest(idle, cid, entry.getValue(), false));
                if (second.isPresent() && isLate(cid, second.get(), now)) {
                    ask(second.get(), cid, entry.getValue(), now);
                    idle.remove(second.get());
                }
            }
        }
    }

    private boolean isLate(Cid cid, Provider second, Instant now) {
        Duration usual = second.service().multipliedBy(2);
        Instant limit = now.minus(usual.compareTo(options.hedge()) > 0 ? usual : options.hedge());
        List<Provider> asked =
                providers.values().stream().filter(provider -> provider.isFlying(cid)).toList();
        return asked.size() == 1 && asked.getFirst().isOlder(cid, limit);
    }

    private void tell(Provider provider, Want want) {
        outgoing.computeIfAbsent(provider.id(), peer -> new ArrayList<>()).add(want);
    }

    private List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        outgoing.forEach((peer, wants) -> effects.add(new Effect.Ask(peer, wants)));
        outgoing.clear();
        return effects;
    }

    /** Takes back all that is asked for; the session is over. */
    public List<Effect> stop() {
        for (Provider provider : providers.values()) {
            wanted.keySet().stream()
                    .filter(cid -> provider.isFlying(cid) || provider.wasAskedWhether(cid))
                    .forEach(cid -> tell(provider, Want.cancel(cid)));
        }
        wanted.clear();
        queued.clear();
        return effects();
    }

    /** Returns how many more blocks may be wanted. */
    public int room() {
        return MAX_WANTED - wanted.size();
    }

    /** Returns whether nothing is wanted. */
    public boolean isDone() {
        return wanted.isEmpty();
    }

    /** Returns the providers that may be asked. */
    public Set<PeerId> providers() {
        return Set.copyOf(providers.keySet());
    }

    /** Returns how long a block that {@code peer} brings takes; zero when none came. */
    public Duration service(PeerId peer) {
        Provider provider = providers.get(peer);
        return provider == null ? Duration.ZERO : provider.service();
    }

    /** Returns whether {@code cid} is wanted still. */
    public boolean wants(Cid cid) {
        return wanted.containsKey(cid);
    }

    /**
     * Returns the queued blocks that every provider says it lacks: waiting for them is for nothing,
     * unless one comes to have them.
     */
    public Set<Cid> hopeless() {
        Set<Cid> hopeless = new HashSet<>();
        for (Cid cid : queued) {
            if (providers.values().stream().allMatch(provider -> provider.lacks(cid))) {
                hopeless.add(cid);
            }
        }
        return hopeless;
    }

    /** Returns some of the blocks that are wanted, to be named in a message. */
    public List<Cid> missing(int most) {
        return wanted.keySet().stream().limit(most).toList();
    }
}

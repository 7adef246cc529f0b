package io.ggen.libp2p.bitswap.session;

import io.ggen.content.DagFrontier.Missing;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * those it says it has. A block that is late is asked of a second one that is idle. A pure machine,
 * not thread-safe.
 */
public final class WantSession {
    /** The most blocks that may be wanted at a time; the caller holds more back. */
    public static final int MAX_WANTED = 4_096;

    private static final int MAX_HAVE = 512;

    private final SessionOptions options;
    private final Map<PeerId, Provider> providers = new LinkedHashMap<>();
    private final Map<Cid, Long> wanted = new HashMap<>();
    private final Set<Cid> queued = new LinkedHashSet<>();
    private final Map<PeerId, List<Want>> outgoing = new LinkedHashMap<>();
    private Instant nextBroadcast = Instant.MIN;

    /** Makes a session without providers and wants. */
    public WantSession(SessionOptions options) {
        this.options = options;
    }

    /** Lets the session ask {@code peer} from now on. */
    public List<Effect> join(PeerId peer, Instant now) {
        var provider = new Provider(peer, now);
        if (providers.putIfAbsent(peer, provider) == null) {
            share(now);
            probe(provider);
        }
        return effects();
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
            gone.flying().forEach(this::requeue);
            share(now);
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
        share(now);
        return effects();
    }

    /** Takes note of what {@code peer} says of a block. */
    public List<Effect> presence(PeerId peer, Cid cid, boolean have, Instant now) {
        Provider provider = providers.get(peer);
        if (provider == null || !wanted.containsKey(cid)) {
            return effects();
        }
        provider.heard(now);
        provider.says(cid, have);
        if (!have && provider.land(cid)) {
            tell(provider, Want.cancel(cid));
            requeue(cid);
        }
        share(now);
        return effects();
    }

    /** Takes note of a verified block that came from {@code peer}; it is wanted no more. */
    public List<Effect> block(PeerId peer, Cid cid, Instant now) {
        Provider from = providers.get(peer);
        if (from != null) {
            from.heard(now);
            from.served(cid, now);
        }
        done(cid, Optional.of(peer));
        share(now);
        return effects();
    }

    /** Takes note of a block that came another way; it is wanted no more. */
    public List<Effect> got(Cid cid, Instant now) {
        done(cid, Optional.empty());
        share(now);
        return effects();
    }

    private void done(Cid cid, Optional<PeerId> from) {
        if (wanted.remove(cid) == null) {
            return;
        }
        queued.remove(cid);
        for (Provider provider : providers.values()) {
            boolean asked = provider.isFlying(cid) || provider.wasAskedWhether(cid);
            provider.forget(cid);
            if (asked && !from.equals(Optional.of(provider.id()))) {
                tell(provider, Want.cancel(cid));
            }
        }
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
        share(now);
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
                    provider.land(cid);
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

    /**
     * Gives queued blocks to providers with room, in order, each to the one that seems quickest.
     */
    private void share(Instant now) {
        askPartialOnes();
        List<Provider> free = new ArrayList<>(providers.values());
        free.removeIf(provider -> !provider.hasRoom(options));
        List<Cid> given = new ArrayList<>();
        for (Cid cid : queued) {
            if (free.isEmpty()) {
                break;
            }
            long size = wanted.getOrDefault(cid, Missing.UNKNOWN);
            Optional<Provider> best = quickest(free, cid, size);
            if (best.isPresent()) {
                given.add(cid);
                ask(best.get(), cid, size, now);
                if (!best.get().hasRoom(options)) {
                    free.remove(best.get());
                }
            }
        }
        given.forEach(queued::remove);
    }

    private static Optional<Provider> quickest(List<Provider> free, Cid cid, long size) {
        return free.stream()
                .filter(provider -> provider.mayHave(cid) && !provider.isFlying(cid))
                .min(Comparator.comparingDouble(provider -> provider.cost(cid, size)));
    }

    private void ask(Provider provider, Cid cid, long size, Instant now) {
        provider.ask(cid, size, now);
        tell(provider, Want.block(cid));
    }

    /** Partial providers tell of what they have, now or when it comes to them. */
    private void askPartialOnes() {
        for (Provider provider : providers.values()) {
            if (provider.isPartial()) {
                queued.stream()
                        .limit(MAX_HAVE)
                        .filter(cid -> isUnknown(provider, cid) && provider.askHave(cid))
                        .forEach(cid -> tell(provider, Want.have(cid)));
            }
        }
    }

    private static boolean isUnknown(Provider provider, Cid cid) {
        return !provider.lacks(cid) && !provider.mayHave(cid);
    }

    private void hedge(Instant now) {
        List<Provider> idle = new ArrayList<>(providers.values());
        idle.removeIf(provider -> !provider.isIdle());
        if (idle.isEmpty() || !queued.isEmpty()) {
            return;
        }
        for (Map.Entry<Cid, Long> entry : wanted.entrySet()) {
            if (idle.isEmpty()) {
                return;
            }
            Optional<Provider> second = quickest(idle, entry.getKey(), entry.getValue());
            if (second.isPresent() && isLate(entry.getKey(), second.get(), now)) {
                ask(second.get(), entry.getKey(), entry.getValue(), now);
                idle.remove(second.get());
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

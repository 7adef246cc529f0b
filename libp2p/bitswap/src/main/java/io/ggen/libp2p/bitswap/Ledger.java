package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.bitswap.ProviderReport.Standing;
import io.ggen.libp2p.bitswap.wire.Presence;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who does what for one download. Confined to its thread, but for {@link #isNamed}. */
final class Ledger {
    private final Map<PeerId, Entry> entries = Collections.synchronizedMap(new LinkedHashMap<>());
    private long blocks;
    private long bytes;

    /** Waiting → calling → asked → ended. */
    private enum State {
        WAITING,
        CALLING,
        ASKED,
        ENDED
    }

    private static final class Entry {
        private State state = State.WAITING;
        private Standing standing = Standing.NOT_ASKED;
        private String detail = "";
        private long blocks;
        private long bytes;
        private long duplicates;
        private Duration service = Duration.ZERO;
    }

    Ledger(List<PeerId> providers) {
        providers.forEach(peer -> entries.put(peer, new Entry()));
    }

    /** Adds a provider; returns false where it is one already. */
    boolean add(PeerId peer) {
        return entries.putIfAbsent(peer, new Entry()) == null;
    }

    /** Calls {@code peer} before its turn; returns false when it has been called. */
    boolean callNow(PeerId peer) {
        Entry entry = entries.get(peer);
        if (entry == null || entry.state != State.WAITING) {
            return false;
        }
        entry.state = State.CALLING;
        return true;
    }

    /** Returns whether {@code peer} is one of the providers; may be called by any thread. */
    boolean isNamed(PeerId peer) {
        return entries.containsKey(peer);
    }

    /** Returns how many providers are called or asked. */
    long active() {
        return count(State.CALLING) + count(State.ASKED);
    }

    boolean isCalling() {
        return count(State.CALLING) > 0;
    }

    private long count(State state) {
        return entries.values().stream().filter(entry -> entry.state == state).count();
    }

    /** Returns the next provider, who is called from now on. */
    Optional<PeerId> call() {
        for (Map.Entry<PeerId, Entry> entry : entries.entrySet()) {
            if (entry.getValue().state == State.WAITING) {
                entry.getValue().state = State.CALLING;
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    void asked(PeerId peer) {
        Entry entry = entries.get(peer);
        if (entry != null && entry.state == State.CALLING) {
            entry.state = State.ASKED;
            entry.standing = Standing.ANSWERED;
        }
    }

    void says(PeerId peer, Presence presence) {
        Entry entry = entries.get(peer);
        if (entry != null && !presence.have() && entry.state == State.ASKED) {
            entry.standing = Standing.LACKING;
        }
    }

    void ended(PeerId peer, Standing standing, String detail) {
        Entry entry = entries.get(peer);
        boolean worse = standing == Standing.MISBEHAVED;
        if (entry != null && (entry.state != State.ENDED || worse)) {
            entry.state = State.ENDED;
            entry.standing = standing;
            entry.detail = detail;
        }
    }

    void brought(PeerId peer, int length, Duration service) {
        blocks++;
        bytes += length;
        Entry entry = entries.get(peer);
        if (entry != null) {
            entry.blocks++;
            entry.bytes += length;
            entry.service = service;
        }
    }

    void duplicate(PeerId peer) {
        Entry entry = entries.get(peer);
        if (entry != null) {
            entry.duplicates++;
        }
    }

    FetchProgress progress(long known) {
        return new FetchProgress(blocks, bytes, known);
    }

    FetchOutcome.Figures figures(long held, Duration elapsed) {
        List<ProviderReport> reports =
                entries.entrySet().stream()
                        .map(entry -> report(entry.getKey(), entry.getValue()))
                        .toList();
        return new FetchOutcome.Figures(blocks, bytes, held, elapsed, reports);
    }

    private static ProviderReport report(PeerId peer, Entry entry) {
        return new ProviderReport(
                peer,
                entry.blocks,
                entry.bytes,
                entry.duplicates,
                entry.service,
                entry.standing,
                entry.detail);
    }
}

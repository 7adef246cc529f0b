package io.ggen.libp2p.mdns;

import io.ggen.libp2p.dns.DnsName;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The peers that are heard: at most 512 instances, 32 from one source, beyond which the one that
 * was silent for longest is forgotten. An application hears of one when it is new or has other
 * addresses, again after half of its validity, and of no more than one in a second after 64 at
 * once. Pure. Not thread-safe.
 */
final class Peers {
    static final int MAX = 512;
    static final int MAX_OF_SOURCE = 32;
    static final int MAX_AT_ONCE = 64;

    /** In the order in which they were heard last. */
    private final Map<DnsName, Heard> heard = new LinkedHashMap<>();

    private final Allowance notices = new Allowance(MAX_AT_ONCE, Duration.ofSeconds(1));

    private record Heard(
            PeerId peer,
            List<Multiaddr> addresses,
            InetAddress source,
            Duration validity,
            Instant at,
            Instant noticed) {
        boolean isOver(Instant now) {
            return at.plus(validity).isBefore(now);
        }

        boolean says(FoundPeer found) {
            return peer.equals(found.peer()) && addresses.equals(found.addresses());
        }
    }

    /**
     * Takes in what {@code instance} says of itself.
     *
     * @return whether the application is to hear of it
     */
    boolean hear(DnsName instance, FoundPeer found, InetAddress source, Instant now) {
        Optional<Heard> before = Optional.ofNullable(heard.get(instance));
        boolean isNews =
                before.filter(known -> !known.isOver(now) && known.says(found))
                        .map(known -> isHalfOver(known.noticed(), found.validity(), now))
                        .orElse(true);
        if (isNews && !notices.take(now)) {
            return false;
        }
        heard.remove(instance);
        makeRoom(source);
        Instant noticed = isNews ? now : before.map(Heard::noticed).orElse(now);
        heard.put(
                instance,
                new Heard(found.peer(), found.addresses(), source, found.validity(), now, noticed));
        return isNews;
    }

    private static boolean isHalfOver(Instant since, Duration validity, Instant now) {
        return !now.isBefore(since.plus(validity.dividedBy(2)));
    }

    private void makeRoom(InetAddress source) {
        long ofSource =
                heard.values().stream().filter(known -> known.source().equals(source)).count();
        Iterator<Heard> oldest = heard.values().iterator();
        boolean full = heard.size() >= MAX || ofSource >= MAX_OF_SOURCE;
        while (full && oldest.hasNext()) {
            Heard next = oldest.next();
            if (ofSource < MAX_OF_SOURCE || next.source().equals(source)) {
                oldest.remove();
                full = false;
            }
        }
    }

    void forget(DnsName instance) {
        heard.remove(instance);
    }

    boolean knows(DnsName instance) {
        return heard.containsKey(instance);
    }

    /** Returns those who need not answer a question now, the ones heard last first. */
    List<Announcement.Pointer> known(Instant now) {
        heard.values().removeIf(known -> known.isOver(now));
        return heard.entrySet().stream()
                .filter(entry ->
                        !isHalfOver(entry.getValue().at(), entry.getValue().validity(), now))
                .map(entry -> pointer(entry.getKey(), entry.getValue(), now))
                .toList()
                .reversed();
    }

    private static Announcement.Pointer pointer(DnsName instance, Heard known, Instant now) {
        Duration left = Duration.between(now, known.at().plus(known.validity()));
        return new Announcement.Pointer(instance, left.toSeconds());
    }
}

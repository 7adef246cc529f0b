package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.dns.DnsMessage.Question;
import io.ggen.libp2p.dns.DnsName;
import io.ggen.libp2p.dns.DnsRecord;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Decides what one peer says on its local networks and whom it finds there. Every input says when
 * it happens and returns the effects that the caller performs, in order; {@link #tick} is called at
 * {@link #next}. Bounded in memory and in what it sends whatever comes in: one answer in a second
 * on each link, to all who ask. Not thread-safe, never blocks.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/discovery/mdns.md">mdns</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762">RFC 6762, multicast DNS</a>
 */
public final class Discovery {
    private static final DnsName LOCAL = DnsName.parse("local");
    private static final int ANY_GROUP = 255;
    private static final int GROUP = 0x7fff;
    private static final int MIN_NAME = 32;
    private static final String NAME_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Duration SAYS_FORMER = Duration.ofSeconds(5);
    private static final int KNOWN_ROOM = Announcement.MAX_PACKET - 100;

    private final PeerId self;
    private final DnsName service;
    private final MdnsOptions options;
    private final RandomGenerator random;
    private final Map<Link, Talk> talks = new LinkedHashMap<>();
    private final Peers peers = new Peers();
    private List<Multiaddr> addresses = List.of();
    private DnsName instance;
    private Optional<Former> former = Optional.empty();

    /** A name that is used no more, which is said for a while. */
    private record Former(DnsName name, Instant until) {}

    /**
     * Makes a peer without links and addresses.
     *
     * @param network the fingerprint of the private network; empty bytes for the open one
     * @param random gives the instance's name, so it should not be foreseen
     */
    public Discovery(PeerId self, Bytes network, MdnsOptions options, RandomGenerator random) {
        this.self = self;
        this.service = service(network);
        this.options = options;
        this.random = random;
        this.instance = newInstance();
    }

    private static DnsName service(Bytes network) {
        String label = network.length() == 0 ? "_p2p" : "_p2p-" + network.hex();
        return LOCAL.child("_udp").child(label);
    }

    private DnsName newInstance() {
        var name = new StringBuilder();
        int length = random.nextInt(MIN_NAME, DnsName.MAX_LABEL + 1);
        while (name.length() < length) {
            name.append(NAME_ALPHABET.charAt(random.nextInt(NAME_ALPHABET.length())));
        }
        return service.child(name.toString());
    }

    /** Takes in which links there are; on a new one there is a question soon. */
    public void links(Set<Link> links, Instant now) {
        talks.keySet().retainAll(links);
        for (Link link : links) {
            talks.computeIfAbsent(link, l -> new Talk(options.longestPause(), random, now));
        }
    }

    /**
     * Takes in where the host listens. What has changed is said soon, under a new name: others keep
     * what they know of the old one.
     */
    public void addresses(List<Multiaddr> all, Instant now) {
        List<Multiaddr> announced = LanAddresses.announced(all);
        if (announced.equals(addresses)) {
            return;
        }
        addresses = announced;
        if (talks.values().stream().anyMatch(Talk::isHeard)) {
            former = Optional.of(new Former(instance, now.plus(SAYS_FORMER)));
            instance = newInstance();
        }
        talks.values().forEach(talk -> answerSoon(talk, now));
    }

    private void answerSoon(Talk talk, Instant now) {
        if (!addresses.isEmpty()) {
            talk.answerSoon(now);
        }
    }

    /** Takes in what came by a link; what is malformed or of no interest has no effect. */
    public List<Effect> received(Datagram datagram, Instant now) {
        Talk talk = talks.get(datagram.link());
        if (talk == null
                || datagram.content().length() > Datagram.MAX_LENGTH
                || !talk.mayRead(now)) {
            return List.of();
        }
        return decoded(datagram.content())
                .map(message ->
                        message.isResponse()
                                ? told(message, datagram, now)
                                : asked(message, talk, datagram, now))
                .orElse(List.of());
    }

    private static Optional<DnsMessage> decoded(Bytes content) {
        try {
            return Optional.of(DnsMessage.decode(content)).filter(DnsMessage::isQuery);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<Effect> asked(DnsMessage message, Talk talk, Datagram datagram, Instant now) {
        if (message.questions().stream().noneMatch(this::isForUs)) {
            return List.of();
        }
        List<Announcement.Pointer> known = Announcement.pointers(message, service);
        if (!datagram.isOwn() && known.stream().allMatch(one -> peers.knows(one.instance()))) {
            talk.askedByOthers(now);
        }
        long enough = options.validity().toSeconds() / 2;
        if (known.stream()
                .noneMatch(one -> one.instance().equals(instance) && one.ttl() >= enough)) {
            answerSoon(talk, now);
        }
        return List.of();
    }

    private boolean isForUs(Question question) {
        boolean ofInternet = (question.group() & GROUP) == DnsRecord.INTERNET;
        boolean ofAny = (question.group() & GROUP) == ANY_GROUP;
        return (ofInternet || ofAny)
                && (question.name().equals(service)
                                && (question.type() == DnsRecord.PTR
                                        || question.type() == DnsRecord.ANY)
                        || question.name().equals(instance)
                        || question.name().equals(announcement(Duration.ZERO).host()));
    }

    private List<Effect> told(DnsMessage message, Datagram datagram, Instant now) {
        List<Effect> effects = new ArrayList<>();
        Announcement.leaving(message, service).forEach(peers::forget);
        for (Announcement said : Announcement.read(message, service)) {
            List<Multiaddr> believed = LanAddresses.believed(said.addresses(), datagram.isOwn());
            var found = new FoundPeer(said.peer(), believed, said.validity());
            if (!said.peer().equals(self)
                    && !believed.isEmpty()
                    && peers.hear(said.instance(), found, datagram.source(), now)) {
                effects.add(new Effect.Found(found));
            }
        }
        return effects;
    }

    /** Says what is due. */
    public List<Effect> tick(Instant now) {
        List<Effect> effects = new ArrayList<>();
        former = former.filter(old -> now.isBefore(old.until()));
        talks.forEach((link, talk) -> {
            if (talk.isTimeToAsk(now)) {
                effects.add(new Effect.Send(link, question(now)));
                answerSoon(talk, now);
            }
            if (talk.isTimeToAnswer(now) && !addresses.isEmpty()) {
                effects.add(new Effect.Send(link, answer()));
            }
        });
        return effects;
    }

    private Bytes answer() {
        return announcement(options.validity()).encode(former.map(Former::name));
    }

    private Announcement announcement(Duration validity) {
        return new Announcement(service, instance, self, addresses, validity);
    }

    /** With the peers that are known well, who then need not answer. */
    private Bytes question(Instant now) {
        int pointer = service.labels().getFirst().length() + DnsName.MAX_LABEL + 40;
        List<DnsRecord> known =
                peers.known(now).stream()
                        .limit(KNOWN_ROOM / pointer)
                        .map(one -> DnsRecord.pointer(service, one.instance(), one.ttl()))
                        .toList();
        var asked = new Question(service, DnsRecord.PTR, DnsRecord.INTERNET);
        return DnsMessage.of(0, List.of(asked), known, List.of()).encode();
    }

    /** Returns when there is something to say; empty without links. */
    public Optional<Instant> next() {
        return talks.values().stream().map(Talk::next).min(Comparator.naturalOrder());
    }

    /** Takes leave of those who have heard of this peer. */
    public List<Effect> leave() {
        Bytes leave =
                new Announcement(service, instance, self, List.of(), Duration.ZERO)
                        .encode(Optional.empty());
        return talks.entrySet().stream()
                .filter(entry -> entry.getValue().isHeard())
                .map(entry -> (Effect) new Effect.Send(entry.getKey(), leave))
                .toList();
    }
}

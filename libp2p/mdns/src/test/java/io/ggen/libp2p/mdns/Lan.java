package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Local networks in virtual time; who sends hears himself too, as with real multicast. */
final class Lan {
    private static final Duration DELAY = Duration.ofMillis(1);

    private final Random random;
    private final List<Member> members = new ArrayList<>();
    private final PriorityQueue<Arrival> arrivals =
            new PriorityQueue<>(Comparator.comparing(Arrival::at));

    /** All that was sent so far. */
    final List<DnsMessage> sent = new ArrayList<>();

    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Lan(long seed) {
        this.random = new Random(seed);
    }

    private record Arrival(
            Instant at, Link link, Optional<Member> from, InetAddress source, Bytes content) {}

    /** Returns the link of the n-th network, by which all its members are joined. */
    static Link link(int network) {
        return new Link(network, "lan" + network, false);
    }

    static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (host >> 8), (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A peer with what it found. */
    final class Member {
        final PeerId id;
        final Discovery discovery;
        final InetAddress source;
        final List<FoundPeer> found = new ArrayList<>();

        private Member(int number, Bytes network, MdnsOptions options) {
            this.id = peer(number);
            this.source = Lan.address(number);
            this.discovery = new Discovery(id, network, options, random);
        }

        Member on(Integer... networks) {
            discovery.links(Set.copyOf(List.of(networks).stream().map(Lan::link).toList()), now);
            return this;
        }

        Member at(String... addresses) {
            discovery.addresses(List.of(addresses).stream().map(Multiaddr::parse).toList(), now);
            return this;
        }

        /** Returns the peers that were found, each once. */
        Set<PeerId> peers() {
            Set<PeerId> peers = new TreeSet<>();
            found.forEach(one -> peers.add(one.peer()));
            return peers;
        }

        void leave() {
            perform(this, discovery.leave());
            members.remove(this);
        }
    }

    static PeerId peer(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        return PrivateKey.ofSeed(Bytes.of(seed)).publicKey().peerId();
    }

    /** Joins the {@code number}-th peer to the first network. */
    Member join(int number) {
        return join(number, Bytes.empty(), MdnsOptions.standard())
                .on(0)
                .at("/ip4" + address(number) + "/tcp/4001");
    }

    Member join(int number, Bytes network, MdnsOptions options) {
        var member = new Member(number, network, options);
        members.add(member);
        return member;
    }

    /** Lets a stranger send {@code content} to everybody on the first network. */
    void inject(InetAddress source, Bytes content) {
        arrivals.add(new Arrival(now, link(0), Optional.empty(), source, content));
    }

    /** Lets {@code time} pass. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        for (Instant next = next(); !next.isAfter(end); next = next()) {
            now = next.isAfter(now) ? next : now;
            Arrival arrival = arrivals.peek();
            if (arrival != null && !arrival.at().isAfter(now)) {
                deliver(arrivals.remove());
            }
            List.copyOf(members).forEach(member -> perform(member, member.discovery.tick(now)));
        }
        now = end;
    }

    private Instant next() {
        Instant next = Instant.MAX;
        for (Member member : members) {
            Instant wanted = member.discovery.next().orElse(Instant.MAX);
            next = wanted.isBefore(next) ? wanted : next;
        }
        Arrival arrival = arrivals.peek();
        return arrival == null || next.isBefore(arrival.at()) ? next : arrival.at();
    }

    private void deliver(Arrival arrival) {
        for (Member member : List.copyOf(members)) {
            boolean isOwn = arrival.from().filter(from -> from == member).isPresent();
            var datagram = new Datagram(arrival.link(), arrival.source(), isOwn, arrival.content());
            perform(member, member.discovery.received(datagram, now));
        }
    }

    private void perform(Member member, List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Found(FoundPeer peer) -> member.found.add(peer);
                case Effect.Send send -> {
                    sent.add(DnsMessage.decode(send.content()));
                    arrivals.add(
                            new Arrival(
                                    now.plus(DELAY),
                                    send.link(),
                                    Optional.of(member),
                                    member.source,
                                    send.content()));
                }
            }
        }
    }

    /** Returns how many questions were sent so far. */
    long questions() {
        return sent.stream().filter(message -> !message.isResponse()).count();
    }

    /** Returns how many answers were sent so far. */
    long answers() {
        return sent.size() - questions();
    }
}

package io.ggen.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsData;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.dns.DnsMessage.Question;
import io.ggen.libp2p.dns.DnsName;
import io.ggen.libp2p.dns.DnsRecord;
import io.ggen.libp2p.pnet.PreSharedKey;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

final class DiscoveryTest {
    private static final DnsName SERVICE = DnsName.parse("_p2p._udp.local");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Lan lan = new Lan(1);

    @Test
    void peersFindEachOtherAtOnce() {
        Lan.Member one = lan.join(1);
        Lan.Member two = lan.join(2);
        lan.pass(SECOND);
        assertThat(one.found)
                .containsExactly(
                        new FoundPeer(
                                two.id,
                                List.of(Multiaddr.parse("/ip4/10.0.0.2/tcp/4001")),
                                Duration.ofMinutes(10)));
        assertThat(two.peers()).containsExactly(one.id);
    }

    @Test
    void aNewcomerIsFoundByThoseWhoAskSeldom() {
        Lan.Member one = lan.join(1);
        lan.pass(HOUR);
        Lan.Member two = lan.join(2);
        lan.pass(SECOND);
        assertThat(one.peers()).containsExactly(two.id);
        assertThat(two.peers()).containsExactly(one.id);
    }

    @Test
    void questionsBecomeRareWhenNobodyAnswers() {
        lan.join(1);
        lan.pass(SECOND);
        assertThat(lan.questions()).isOne();
        lan.pass(Duration.ofSeconds(20));
        assertThat(lan.questions()).isBetween(4L, 5L);
        lan.pass(HOUR);
        long soFar = lan.questions();
        lan.pass(HOUR);
        assertThat(lan.questions() - soFar).isBetween(10L, 12L);
    }

    @Test
    void aNetworkWhereNothingChangesIsQuiet() {
        for (int i = 1; i <= 10; i++) {
            lan.join(i);
        }
        lan.pass(HOUR);
        long questions = lan.questions();
        long answers = lan.answers();
        lan.pass(HOUR);
        assertThat(lan.questions() - questions).isLessThan(10 * 12 * 2 / 3);
        assertThat(lan.answers() - answers).isLessThan(10 * 30);
    }

    @Test
    void everybodyStaysKnownForHours() {
        Lan.Member one = lan.join(1);
        Lan.Member two = lan.join(2);
        for (int hour = 0; hour < 5; hour++) {
            lan.pass(HOUR);
            long before = one.found.size();
            assertThat(two.found).hasSizeGreaterThan(0);
            lan.pass(Duration.ofMinutes(11));
            assertThat(one.found.size()).isGreaterThan((int) before);
        }
    }

    @Test
    void peersThatAreKnownNeedNotAnswer() {
        Lan.Member one = lan.join(1);
        lan.pass(SECOND);
        lan.join(2);
        lan.pass(Duration.ofMinutes(1));
        assertThat(one.peers()).hasSize(1);
        DnsMessage later =
                lan.sent.stream()
                        .filter(message -> !message.isResponse() && !message.answers().isEmpty())
                        .findFirst()
                        .orElseThrow();
        assertThat(later.answers())
                .allSatisfy(known -> {
                    assertThat(known.owner()).isEqualTo(SERVICE);
                    assertThat(known.ttl()).isBetween(300L, 600L);
                });
        assertThat(lan.answers()).isLessThan(2 * lan.questions());
    }

    @Test
    void whatHasChangedIsSaidAtOnceUnderANewName() {
        Lan.Member one = lan.join(1);
        Lan.Member two = lan.join(2);
        lan.pass(Duration.ofMinutes(10));
        two.found.clear();
        one.at("/ip4/10.0.7.7/tcp/4002", "/ip6/fd00::7/tcp/4002");
        lan.pass(SECOND);
        assertThat(two.found).hasSize(1);
        assertThat(two.found.getFirst().addresses())
                .containsExactly(
                        Multiaddr.parse("/ip4/10.0.7.7/tcp/4002"),
                        Multiaddr.parse("/ip6/fd00::7/tcp/4002"));
        List<DnsRecord> said = lan.sent.getLast().answers();
        assertThat(said).extracting(DnsRecord::ttl).containsExactly(600L, 0L);
        assertThat(said).extracting(DnsRecord::data).doesNotHaveDuplicates();
        long answers = lan.answers();
        one.at("/ip4/10.0.7.7/tcp/4002", "/ip6/fd00::7/tcp/4002");
        lan.pass(SECOND);
        assertThat(lan.answers()).isEqualTo(answers);
    }

    @Test
    void whoLeavesIsForgottenAndFoundAgain() {
        Lan.Member one = lan.join(1);
        Lan.Member two = lan.join(2);
        lan.pass(SECOND);
        one.leave();
        lan.pass(SECOND);
        assertThat(lan.sent.stream().flatMap(message -> message.answers().stream()))
                .extracting(DnsRecord::ttl)
                .contains(0L);
        two.found.clear();
        lan.join(1);
        lan.pass(SECOND);
        assertThat(two.peers()).containsExactly(one.id);
    }

    @Test
    void privateNetworksFindTheirOwnAlone() {
        Bytes network = new PreSharedKey(Bytes.wrap(new byte[32])).fingerprint();
        lan.join(1);
        Lan.Member hidden = lan.join(2, network, MdnsOptions.standard());
        Lan.Member friend = lan.join(3, network, MdnsOptions.standard());
        hidden.on(0).at("/ip4/10.0.0.2/tcp/4001");
        friend.on(0).at("/ip4/10.0.0.3/tcp/4001");
        lan.pass(Duration.ofMinutes(1));
        assertThat(hidden.peers()).containsExactly(friend.id);
        assertThat(lan.sent.stream().flatMap(message -> message.questions().stream()))
                .extracting(question -> question.name().toString())
                .contains("_p2p-" + network.hex() + "._udp.local", "_p2p._udp.local");
    }

    @Test
    void severalNetworksComeAndGo() {
        Lan.Member bridge = lan.join(1).on(0, 1);
        Lan.Member left = lan.join(2);
        Lan.Member right = lan.join(3).on(1);
        lan.pass(SECOND);
        assertThat(bridge.peers()).containsExactlyInAnyOrder(left.id, right.id);
        assertThat(left.peers()).containsExactly(bridge.id);
        bridge.on(0, 2);
        Lan.Member third = lan.join(4).on(2);
        Lan.Member late = lan.join(5).on(1);
        lan.pass(SECOND);
        assertThat(bridge.peers()).contains(third.id).doesNotContain(late.id);
        assertThat(third.peers()).containsExactly(bridge.id);
    }

    @Test
    void namesAreRandomAndNewAtEachStart() {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            Lan.Member member = lan.join(1);
            lan.pass(SECOND);
            member.leave();
        }
        lan.sent.stream()
                .flatMap(message -> message.answers().stream())
                .filter(answer -> answer.ttl() > 0)
                .map(answer -> ((DnsData.Name) answer.data()).target().labels().getFirst())
                .forEach(names::add);
        assertThat(names).hasSize(50).allMatch(name -> name.matches("[a-z0-9]{32,63}"));
    }

    @Test
    void messagesAreWhatOthersRead() {
        lan.join(1);
        lan.pass(SECOND);
        DnsMessage question =
                lan.sent.stream().filter(one -> !one.isResponse()).findFirst().orElseThrow();
        assertThat(question)
                .isEqualTo(
                        DnsMessage.of(
                                0,
                                List.of(new Question(SERVICE, DnsRecord.PTR, 1)),
                                List.of(),
                                List.of()));
        DnsMessage answer =
                lan.sent.stream().filter(DnsMessage::isResponse).findFirst().orElseThrow();
        assertThat(answer.flags()).isEqualTo(0x8400);
        assertThat(answer.questions()).isEmpty();
        DnsName instance = ((DnsData.Name) answer.answers().getFirst().data()).target();
        assertThat(instance.isChildOf(SERVICE)).isTrue();
        String host = instance.labels().getFirst() + ".local";
        assertThat(answer.additionals())
                .containsExactly(
                        new DnsRecord(
                                instance,
                                DnsRecord.TXT,
                                1,
                                600,
                                DnsData.Texts.of(
                                        List.of(
                                                "dnsaddr=/ip4/10.0.0.1/tcp/4001/p2p/"
                                                        + Lan.peer(1)))),
                        new DnsRecord(
                                instance,
                                DnsRecord.SRV,
                                1,
                                600,
                                new DnsData.Service(4001, DnsName.parse(host))),
                        DnsRecord.address(
                                DnsName.parse(host),
                                Bytes.of((byte) 10, (byte) 0, (byte) 0, (byte) 1),
                                600));
    }

    @Test
    void anAnswerFitsOnePacketHoweverManyAddressesThereAre() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add("/ip6/2001:db8:1234:5678:9abc:def0:1234:" + (1000 + i) + "/udp/40001/quic-v1");
        }
        Lan.Member one = lan.join(1).at(many.toArray(String[]::new));
        Lan.Member two = lan.join(2);
        lan.pass(SECOND);
        assertThat(lan.sent).allMatch(message -> message.encode().length() <= 1400);
        assertThat(two.found.getFirst().addresses()).hasSizeBetween(5, LanAddresses.MAX);
        assertThat(one.peers()).hasSize(1);
    }

    @Test
    void loopbackIsAnnouncedOnlyWhereThereIsNothingElse() {
        assertThat(announced("/ip4/127.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/1", "/ip6/::1/tcp/1"))
                .containsExactly("/ip4/10.0.0.1/tcp/1");
        assertThat(announced("/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/1"))
                .containsExactly("/ip4/127.0.0.1/tcp/1", "/ip6/::1/tcp/1");
        assertThat(
                        announced(
                                "/ip4/0.0.0.0/tcp/1",
                                "/ip6/fe80::1/tcp/1",
                                "/dns4/example.org/tcp/1",
                                "/memory/1",
                                "/ip4/224.0.0.1/udp/1",
                                "/ip4/10.0.0.1/tcp/1/p2p/" + Lan.peer(1) + "/p2p-circuit"))
                .isEmpty();
    }

    private static List<String> announced(String... addresses) {
        return LanAddresses.announced(List.of(addresses).stream().map(Multiaddr::parse).toList())
                .stream()
                .map(Multiaddr::toString)
                .toList();
    }

    @Test
    void aHostWithoutAddressesAsksButSaysNothing() {
        Lan.Member silent = lan.join(1).at();
        Lan.Member other = lan.join(2);
        lan.pass(SECOND);
        assertThat(silent.peers()).containsExactly(other.id);
        assertThat(other.found).isEmpty();
        silent.at("/ip4/10.0.0.1/tcp/4001");
        lan.pass(SECOND);
        assertThat(other.peers()).containsExactly(silent.id);
    }
}

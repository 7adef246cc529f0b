package io.ggen.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsData;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.dns.DnsMessage.Question;
import io.ggen.libp2p.dns.DnsName;
import io.ggen.libp2p.dns.DnsRecord;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

final class HostileLanTest {
    private static final DnsName SERVICE = DnsName.parse("_p2p._udp.local");
    private static final InetAddress STRANGER = Lan.address(999);

    private final Lan lan = new Lan(2);
    private final Lan.Member victim = lan.join(1);

    private static DnsName instance(int number) {
        return SERVICE.child("stranger" + number);
    }

    private static DnsMessage says(int number, String... texts) {
        return DnsMessage.of(
                0x8400,
                List.of(),
                List.of(DnsRecord.pointer(SERVICE, instance(number), 600)),
                List.of(text(number, texts)));
    }

    private static DnsRecord text(int number, String... texts) {
        var data = DnsData.Texts.of(List.of(texts));
        return new DnsRecord(instance(number), DnsRecord.TXT, 1, 600, data);
    }

    private static String entry(String address, int peer) {
        return "dnsaddr=" + address + "/p2p/" + Lan.peer(peer);
    }

    private static DnsMessage question(DnsRecord... known) {
        var question = new Question(SERVICE, DnsRecord.PTR, 1);
        return DnsMessage.of(0, List.of(question), List.of(known), List.of());
    }

    private void stillFinds() {
        victim.found.clear();
        lan.pass(Duration.ofMinutes(2));
        Lan.Member friend = lan.join(77);
        lan.pass(Duration.ofSeconds(3));
        assertThat(victim.peers()).contains(friend.id);
        assertThat(friend.peers()).contains(victim.id);
    }

    @Test
    void aFloodOfQuestionsGetsOneAnswerInASecond() {
        lan.pass(Duration.ofMinutes(1));
        long answers = lan.answers();
        for (int i = 0; i < 2000; i++) {
            lan.inject(STRANGER, question().encode());
            lan.pass(Duration.ofMillis(1));
        }
        assertThat(lan.answers() - answers).isBetween(2L, 4L);
        stillFinds();
    }

    @Test
    void forgedPeersAreHeardOfSlowlyAndNotKept() {
        for (int i = 0; i < 2000; i++) {
            lan.inject(
                    Lan.address(i % 5000),
                    says(i, entry("/ip4/10.1.1.1/tcp/1", i % 200 + 2)).encode());
            lan.pass(Duration.ofMillis(20));
        }
        assertThat(victim.found).hasSizeBetween(80, Peers.MAX_AT_ONCE + 41);
        stillFinds();
    }

    @Test
    void oneForgerDoesNotDriveOutOthers() {
        Lan.Member friend = lan.join(2);
        lan.pass(Duration.ofSeconds(1));
        var forged = new Peers();
        var found = new FoundPeer(friend.id, List.of(), Duration.ofMinutes(10));
        forged.hear(instance(0), found, friend.source, lan.now);
        for (int i = 1; i < 1000; i++) {
            lan.now = lan.now.plusMillis(100);
            forged.hear(instance(i), found, STRANGER, lan.now);
        }
        assertThat(forged.knows(instance(0))).isTrue();
        assertThat(forged.known(lan.now)).hasSizeLessThanOrEqualTo(Peers.MAX_OF_SOURCE + 1);
    }

    @Test
    void anInstanceThatChangesAllTheTimeIsHeardOfSlowly() {
        for (int i = 0; i < 2000; i++) {
            lan.inject(STRANGER, says(1, entry("/ip4/10.1.1.1/tcp/" + (i + 1), 2)).encode());
            lan.pass(Duration.ofMillis(10));
        }
        assertThat(victim.found).hasSizeBetween(50, Peers.MAX_AT_ONCE + 21);
    }

    @Test
    void manyInstancesAndTextsInOnePacketAreCutOff() {
        List<DnsRecord> answers = new ArrayList<>();
        List<DnsRecord> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(DnsRecord.pointer(SERVICE, instance(i % 100), 600));
            texts.add(text(i % 100, entry("/ip4/10.1.1.1/tcp/1", 2 + i % 100)));
        }
        var message = DnsMessage.of(0x8400, List.of(), answers, texts);
        assertThat(Announcement.read(DnsMessage.decode(message.encode()), SERVICE)).hasSize(64);
        String[] many =
                Collections.nCopies(200, entry("/ip4/10.1.1.1/tcp/1", 2)).toArray(new String[0]);
        assertThat(Announcement.read(says(1, many), SERVICE).getFirst().addresses()).hasSize(64);
    }

    @Test
    void malformedPacketsHaveNoEffect() {
        lan.pass(Duration.ofMinutes(1));
        int sent = lan.sent.size();
        Bytes good = says(1, entry("/ip4/10.1.1.1/tcp/1", 2)).encode();
        String header = "000084000000000100000000";
        List<Bytes> bad = new ArrayList<>();
        bad.add(Bytes.empty());
        bad.add(good.slice(0, good.length() - 1));
        bad.add(good.concat(Bytes.of((byte) 0)));
        bad.add(Bytes.fromHex(header + "c00c000c0001000000780002c00c"));
        bad.add(Bytes.fromHex(header + "01610c000c000100000078ffffc00c"));
        bad.add(Bytes.fromHex("00008400ffffffffffffffff"));
        bad.add(question().encode().concat(Bytes.wrap(new byte[8000])));
        bad.add(Bytes.wrap(new byte[Datagram.MAX_LENGTH + 1]));
        var random = new Random(3);
        for (int i = 0; i < 500; i++) {
            byte[] noise = good.toArray();
            noise[random.nextInt(12)] ^= (byte) (1 << random.nextInt(8));
            noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            bad.add(Bytes.wrap(noise).slice(0, random.nextInt(good.length())));
        }
        for (Bytes packet : bad) {
            lan.inject(STRANGER, packet);
            lan.pass(Duration.ofMillis(10));
        }
        assertThat(victim.found).isEmpty();
        assertThat(lan.sent.size() - sent).isLessThanOrEqualTo(2);
        stillFinds();
    }

    @Test
    void addressesThatLeadElsewhereAreNotBelieved() {
        lan.inject(
                STRANGER,
                says(
                                1,
                                entry("/ip4/127.0.0.1/tcp/22", 2),
                                entry("/ip6/::1/tcp/22", 2),
                                entry("/ip6/::ffff:127.0.0.1/tcp/22", 2),
                                entry("/dns4/example.org/tcp/22", 2),
                                entry("/ip4/255.255.255.255/tcp/1", 2)
                                        .replace("255.255.255.255", "239.1.1.1"),
                                entry("/ip4/10.1.1.2/tcp/1/p2p/" + Lan.peer(9) + "/p2p-circuit", 2),
                                entry("/ip4/10.1.1.3/tcp/1", 3),
                                "dnsaddr=/ip4/10.1.1.4/tcp/1",
                                "dnsaddr=/p2p/" + Lan.peer(2),
                                "dnsaddr=nonsense",
                                "other=/ip4/10.1.1.5/tcp/1/p2p/" + Lan.peer(2),
                                entry("/ip4/10.1.1.1/tcp/1", 2))
                        .encode());
        lan.pass(Duration.ofSeconds(1));
        assertThat(victim.found).hasSize(1);
        assertThat(victim.found.getFirst().peer()).isEqualTo(Lan.peer(2));
        assertThat(victim.found.getFirst().addresses())
                .containsExactly(Multiaddr.parse("/ip4/10.1.1.1/tcp/1"));
    }

    @Test
    void loopbackIsBelievedOfThisMachineAlone() {
        List<Multiaddr> addresses = List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/22"));
        assertThat(LanAddresses.believed(addresses, false)).isEmpty();
        assertThat(LanAddresses.believed(addresses, true)).isEqualTo(addresses);
    }

    @Test
    void whoPretendsToBeUsIsPassedOver() {
        lan.inject(STRANGER, says(1, entry("/ip4/10.1.1.1/tcp/1", 1)).encode());
        lan.pass(Duration.ofSeconds(1));
        assertThat(victim.found).isEmpty();
    }

    @Test
    void aValidityOfDecadesIsCut() {
        DnsMessage decades =
                DnsMessage.of(
                        0x8400,
                        List.of(),
                        List.of(DnsRecord.pointer(SERVICE, instance(1), 0xffffffffL)),
                        List.of(text(1, entry("/ip4/10.1.1.1/tcp/1", 2))));
        lan.inject(STRANGER, decades.encode());
        lan.pass(Duration.ofSeconds(1));
        assertThat(victim.found.getFirst().validity()).isEqualTo(Duration.ofMinutes(75));
    }

    @Test
    void othersQuestionsDoNotKeepUsFromAsking() {
        lan.pass(Duration.ofHours(1));
        long questions = lan.questions();
        for (int i = 0; i < 1800; i++) {
            lan.inject(STRANGER, question().encode());
            lan.pass(Duration.ofSeconds(1));
        }
        assertThat(lan.questions() - questions).isGreaterThan(4);
    }

    @Test
    void aQuestionThatClaimsToKnowUsIsBelievedOnlyWhileThatIsFresh() {
        lan.pass(Duration.ofMinutes(1));
        DnsName own = ((DnsData.Name) lan.sent.getLast().answers().getFirst().data()).target();
        long answers = lan.answers();
        lan.inject(STRANGER, question(DnsRecord.pointer(SERVICE, own, 400)).encode());
        lan.pass(Duration.ofSeconds(2));
        assertThat(lan.answers()).isEqualTo(answers);
        lan.inject(STRANGER, question(DnsRecord.pointer(SERVICE, own, 200)).encode());
        lan.pass(Duration.ofSeconds(2));
        assertThat(lan.answers()).isEqualTo(answers + 1);
    }
}

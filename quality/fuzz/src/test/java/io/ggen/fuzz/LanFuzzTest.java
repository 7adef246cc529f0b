package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.mdns.Datagram;
import io.ggen.libp2p.mdns.Discovery;
import io.ggen.libp2p.mdns.Effect;
import io.ggen.libp2p.mdns.Link;
import io.ggen.libp2p.mdns.MdnsOptions;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

class LanFuzzTest {
    private static final Link LINK = new Link(1, "lan", false);
    private static final Instant NOW = Instant.EPOCH;
    private static final PeerId SELF =
            PeerId.parse("QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N");

    @FuzzTest
    void packetsAreReadOrRefusedAndPassedOver(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> DnsMessage.decode(bytes)).ifPresent(LanFuzzTest::travels);
        var discovery = new Discovery(SELF, Bytes.empty(), MdnsOptions.standard(), new Random(1));
        discovery.links(Set.of(LINK), NOW);
        var datagram = new Datagram(LINK, InetAddress.getLoopbackAddress(), false, bytes);
        List<Effect> effects = discovery.received(datagram, NOW);
        if (effects.size() > 64) {
            throw new AssertionError("one packet with " + effects.size() + " effects");
        }
    }

    /** Names within unknown records lead into the message that they came in. */
    private static void travels(DnsMessage message) {
        Verdict.of(message::encode)
                .ifPresent(again -> Verdict.same(DnsMessage.decode(again), message));
    }
}

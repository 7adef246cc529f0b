package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.host.HostEvent.AddressesChanged;
import io.ggen.libp2p.host.HostEvent.PeerConnected;
import io.ggen.libp2p.host.HostEvent.PeerDisconnected;
import io.ggen.libp2p.host.HostEvent.PeerIdentified;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class EventQueueTest {
    private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    private static final PeerId OTHER = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();

    private final EventQueue queue = new EventQueue();

    private List<HostEvent> rest() {
        List<HostEvent> all = new ArrayList<>();
        for (var next = queue.next(); next.isPresent(); next = queue.next()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void eventsAreHeardInTheirOrder() {
        List<HostEvent> events =
                List.of(
                        new PeerConnected(PEER),
                        new PeerConnected(OTHER),
                        new PeerIdentified(PEER),
                        new PeerIdentified(OTHER));
        events.forEach(queue::add);
        assertThat(rest()).isEqualTo(events);
    }

    @Test
    void oneThreadIsAskedToTellUntilNothingIsLeft() {
        assertThat(queue.add(new PeerConnected(PEER))).isTrue();
        assertThat(queue.add(new PeerIdentified(PEER))).isFalse();
        assertThat(rest()).hasSize(2);
        assertThat(queue.add(new PeerDisconnected(PEER))).isTrue();
    }

    @Test
    void whoCameAndWentUnheardIsNotToldOf() {
        queue.add(new PeerConnected(OTHER));
        for (int i = 0; i < 10_000; i++) {
            queue.add(new PeerConnected(PEER));
            queue.add(new PeerIdentified(PEER));
            queue.add(new PeerIdentified(PEER));
            queue.add(new PeerDisconnected(PEER));
        }
        assertThat(rest()).containsExactly(new PeerConnected(OTHER));
    }

    @Test
    void whoWasHeardOfAndCameBackIsToldOfBoth() {
        queue.add(new PeerConnected(PEER));
        assertThat(rest()).hasSize(1);
        for (int i = 0; i < 10_000; i++) {
            queue.add(new PeerDisconnected(PEER));
            queue.add(new PeerConnected(PEER));
            queue.add(new PeerIdentified(PEER));
        }
        assertThat(rest())
                .containsExactly(
                        new PeerDisconnected(PEER),
                        new PeerConnected(PEER),
                        new PeerIdentified(PEER));
    }

    @Test
    void ofTheOwnAddressesTheLastAreTold() {
        var last = new AddressesChanged(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/2")));
        queue.add(new AddressesChanged(List.of()));
        queue.add(last);
        assertThat(rest()).containsExactly(last);
    }
}

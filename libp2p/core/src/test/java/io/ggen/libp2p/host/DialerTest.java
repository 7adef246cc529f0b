package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

@Timeout(30)
final class DialerTest {
    private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    private static final List<Multiaddr> ADDRESSES =
            List.of(
                    Multiaddr.parse("/ip4/127.0.0.1/tcp/1"),
                    Multiaddr.parse("/ip4/127.0.0.1/tcp/2"));

    private final AtomicInteger attempts = new AtomicInteger();

    private Dialer dialer(Supplier<? extends RuntimeException> failure) {
        return new Dialer(
                InstantSource.system(),
                new Dialer.Network() {
                    @Override
                    public Connection connect(PeerId peer, Multiaddr address) {
                        attempts.incrementAndGet();
                        throw failure.get();
                    }

                    @Override
                    public List<Multiaddr> resolve(PeerId peer, Multiaddr named) {
                        throw new IllegalStateException("nothing is looked up");
                    }
                });
    }

    @Test
    void anyExceptionEndsTheDialAndNamesTheAddress() {
        Dialer dialer = dialer(() -> new IllegalStateException("a defect"));
        assertThatThrownBy(() -> dialer.dial(PEER, ADDRESSES))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("/tcp/1")
                .hasMessageContaining("a defect");
    }

    @Test
    void wantOfRoomOnThisSideIsNotHeldAgainstAnAddress() {
        Dialer dialer = dialer(() -> new Libp2pException(Code.LIMIT_EXCEEDED, "full"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> dialer.dial(PEER, ADDRESSES)).hasMessageContaining("full");
        }
        assertThat(attempts).hasValue(6);
    }

    @Test
    void anAddressThatFailsIsLeftAloneForAWhile() {
        Dialer dialer = dialer(() -> new Libp2pException(Code.IO, "unreachable"));
        assertThatThrownBy(() -> dialer.dial(PEER, ADDRESSES)).hasMessageContaining("unreachable");
        assertThatThrownBy(() -> dialer.dial(PEER, ADDRESSES)).hasMessageContaining("left alone");
        assertThat(attempts).hasValue(2);
    }
}

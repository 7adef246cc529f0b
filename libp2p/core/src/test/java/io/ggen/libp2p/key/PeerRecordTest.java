package io.ggen.libp2p.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PeerRecordTest {
    private static final PrivateKey KEY = PrivateKey.ofSeed(Bytes.fromHex("01".repeat(32)));
    private static final PrivateKey OTHER = PrivateKey.ofSeed(Bytes.fromHex("02".repeat(32)));
    private static final PeerRecord RECORD =
            new PeerRecord(
                    KEY.publicKey().peerId(),
                    7,
                    List.of(
                            Multiaddr.parse("/ip4/1.2.3.4/tcp/5"),
                            Multiaddr.parse("/dns/x/tcp/1")));

    @Test
    void comesBackFromItsEnvelope() {
        assertThat(PeerRecord.open(RECORD.seal(KEY))).isEqualTo(RECORD);
    }

    @Test
    void refusesARecordAboutAnotherPeer() {
        Bytes payload =
                Bytes.fromHex("0a26")
                        .concat(OTHER.publicKey().peerId().multihash())
                        .concat(Bytes.fromHex("1001"));
        Bytes envelope =
                SignedEnvelope.seal(KEY, "libp2p-peer-record", Bytes.fromHex("0301"), payload)
                        .encode();
        assertThatThrownBy(() -> PeerRecord.open(envelope))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> RECORD.seal(OTHER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherDomainAndEveryChangedByte() {
        Bytes sealed = RECORD.seal(KEY);
        for (int i = 0; i < sealed.length(); i++) {
            byte[] changed = sealed.toArray();
            changed[i] ^= 1;
            assertThatThrownBy(() -> PeerRecord.open(Bytes.wrap(changed)))
                    .as("byte %d", i)
                    .isInstanceOf(InvalidKeyException.class);
        }
        assertThatThrownBy(() -> SignedEnvelope.open(sealed, "libp2p-relay-rsvp"))
                .isInstanceOf(InvalidKeyException.class);
    }

    @Test
    void acceptsTheOldDomainToo() {
        Bytes old =
                SignedEnvelope.seal(
                                KEY,
                                "libp2p-routing-state",
                                Bytes.utf8("/libp2p/routing-state-record"),
                                SignedEnvelope.open(RECORD.seal(KEY), "libp2p-peer-record")
                                        .payload())
                        .encode();
        assertThat(PeerRecord.open(old)).isEqualTo(RECORD);
    }
}

package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.key.PrivateKey;

import org.junit.jupiter.api.Test;

import java.util.List;

final class NoiseTest extends SecureChannelContract {
    private static final PrivateKey ALICE = PrivateKey.ofSeed(Bytes.fromHex("01".repeat(32)));

    @Override
    protected SecurityProtocol protocol(PrivateKey identity) {
        return new NoiseProtocol(identity);
    }

    @Test
    void aSignatureOverAnotherStaticKeyIsRefused() {
        Bytes signature = NoisePayload.sign(ALICE, Bytes.fromHex("03".repeat(32)));
        Bytes payload = new NoisePayload(ALICE.publicKey(), signature, List.of()).encode();
        assertThat(NoisePayload.verify(payload, Bytes.fromHex("03".repeat(32))).identity())
                .isEqualTo(ALICE.publicKey());
        assertThatThrownBy(() -> NoisePayload.verify(payload, Bytes.fromHex("04".repeat(32))))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining("did not sign");
    }

    @Test
    void aChangedFrameIsRefused() {
        var sending = new NoiseCipher(Bytes.fromHex("05".repeat(32)));
        var receiving = new NoiseCipher(Bytes.fromHex("05".repeat(32)));
        var out = java.nio.ByteBuffer.allocate(100);
        sending.encrypt(Bytes.utf8("hello").buffer(), Bytes.empty(), out);
        out.flip().put(2, (byte) (out.get(2) ^ 1));
        assertThatThrownBy(() ->
                        receiving.decrypt(out, Bytes.empty(), java.nio.ByteBuffer.allocate(100)))
                .isInstanceOf(Libp2pException.class);
    }
}

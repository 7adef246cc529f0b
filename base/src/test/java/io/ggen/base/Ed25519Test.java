package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class Ed25519Test {
    private static final Bytes SEED =
            Bytes.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    private static final Bytes PUBLIC =
            Bytes.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    @Test
    void signsAsRfc8032Vector1() {
        assertThat(Ed25519.fromSeed(SEED).publicKey()).isEqualTo(PUBLIC);
        assertThat(Ed25519.sign(SEED, Bytes.empty()).hex())
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
                                + "1cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }

    @Test
    void everyProviderAgreesOnManySignatures() {
        for (int i = 0; i < 10; i++) {
            Bytes message = Bytes.utf8("message " + i);
            Bytes signature = Ed25519.sign(SEED, message);
            assertThat(Ed25519.verify(PUBLIC, message, signature)).isTrue();
            assertThat(Ed25519.verify(PUBLIC, Bytes.utf8("other"), signature)).isFalse();
        }
        assertThat(CryptoProvider.fast().name()).isNotEmpty();
    }

    @Test
    void refusesMalformedInputWithoutThrowing() {
        assertThat(Ed25519.verify(Bytes.empty(), Bytes.empty(), Bytes.empty())).isFalse();
        assertThat(Ed25519.verify(PUBLIC, Bytes.empty(), Bytes.wrap(new byte[64]))).isFalse();
    }
}

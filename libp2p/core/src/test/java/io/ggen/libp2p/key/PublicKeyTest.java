package io.ggen.libp2p.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Locale;

final class PublicKeyTest {
    private static final String ED25519 =
            "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

    @ParameterizedTest
    @CsvSource({
        "ECDSA, 0803125b3059301306072a8648ce3d020106082a8648ce3d03010703420004de3d300fa36ae0e8f5d530899d83abab44abf3161f162a4bc901d8e6ecda020e8b6d5f8da30525e71d6851510c098e5c47c646a597fb4dcec034e9f77c409e62",
        "ED25519, " + ED25519,
        "SECP256K1, 08021221037777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99"
    })
    void readsTheKeysOfTheSpecification(KeyType type, String hex) {
        PublicKey key = PublicKey.decode(Bytes.fromHex(hex));
        assertThat(key.type()).isEqualTo(type);
        assertThat(key.encode()).isEqualTo(Bytes.fromHex(hex));
        assertThat(PeerId.parse(key.peerId().toString())).isEqualTo(key.peerId());
        assertThat(PeerId.parse(key.peerId().toCid().toString())).isEqualTo(key.peerId());
    }

    @Test
    void readsTheRsaKeyOfTheSpecification() throws IOException {
        PublicKey key = PublicKey.decode(rsa());
        assertThat(key.type()).isEqualTo(KeyType.RSA);
        assertThat(key.encode()).isEqualTo(rsa());
        assertThat(key.peerId().toString()).startsWith("Qm");
        assertThat(key.peerId().publicKey()).isEmpty();
    }

    private static Bytes rsa() throws IOException {
        try (var in = PublicKeyTest.class.getResourceAsStream("rsa-public-key.hex")) {
            assertThat(in).isNotNull();
            return Bytes.fromHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    @Test
    void namesPeersAsTheSpecificationDoes() {
        PublicKey key = PublicKey.decode(Bytes.fromHex(ED25519));
        assertThat(key.peerId())
                .hasToString("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
        assertThat(key.peerId().publicKey()).contains(key);
        assertThat(key.peerId().toCid().toString()).startsWith("bafzaa");
        assertThat(
                        PrivateKey.decode(
                                        Bytes.fromHex(
                                                "080112407e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"
                                                        + ED25519.substring(8)))
                                .publicKey())
                .isEqualTo(key);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeSignsAndVerifies(KeyType type) {
        PrivateKey key = PrivateKey.generate(type);
        Bytes message = Bytes.utf8("message");
        Bytes signature = key.sign(message);
        PublicKey publicKey = PublicKey.decode(key.publicKey().encode());
        assertThat(publicKey.verify(message, signature)).isTrue();
        assertThat(publicKey.verify(Bytes.utf8("other"), signature)).isFalse();
        assertThat(publicKey.verify(message, signature.slice(0, signature.length() - 1))).isFalse();
        assertThat(publicKey.verify(message, signature.concat(Bytes.of((byte) 0)))).isFalse();
        assertThat(publicKey.verify(message, Bytes.empty())).isFalse();
        assertThat(key.toString().toLowerCase(Locale.ROOT)).doesNotContain("seed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 9216})
    void refusesRsaKeysOutsideOf2048To8192Bits(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        Bytes data;
        if (bits < 2048) {
            generator.initialize(bits);
            data = Bytes.of(generator.generateKeyPair().getPublic().getEncoded());
        } else {
            var factory = java.security.KeyFactory.getInstance("RSA");
            var modulus =
                    java.math.BigInteger.ONE.shiftLeft(bits).subtract(java.math.BigInteger.ONE);
            data =
                    Bytes.of(
                            factory.generatePublic(
                                            new java.security.spec.RSAPublicKeySpec(
                                                    modulus, java.math.BigInteger.valueOf(65537)))
                                    .getEncoded());
        }
        assertThatThrownBy(() -> new PublicKey(KeyType.RSA, data))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0801",
                "1220",
                "08011221",
                "080112200000",
                "0804120100",
                "0802122100",
                "08021221",
                "080212210000000000000000000000000000000000000000000000000000000000000000ff",
                "0800120430820222",
                "0a0101"
            })
    void refusesMalformedKeys(String hex) {
        assertThatThrownBy(() -> PublicKey.decode(Bytes.fromHex(hex)))
                .isInstanceOf(InvalidKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "Qm",
                "12D3Koo",
                "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
                "x"
            })
    void refusesWhatIsNoPeerId(String text) {
        assertThatThrownBy(() -> PeerId.parse(text)).isInstanceOf(InvalidKeyException.class);
    }
}

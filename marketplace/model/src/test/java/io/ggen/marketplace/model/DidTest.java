package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DidTest {
    @Test
    void readsWhatItWrites() {
        Did did = Example.ALICE.did();
        assertThat(new Did(did.text())).isEqualTo(did);
        assertThat(Did.of(did.publicKey())).isEqualTo(did);
        assertThat(did.text()).startsWith("did:key:z6Mk").hasSize(56);
    }

    @Test
    void showsFirstAndLastCharactersOfTheKey() {
        assertThat(
                        new Did("did:key:z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH")
                                .abbreviated())
                .isEqualTo("z6MkgXZv…w4cESKtH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:key:",
                "did:key:z",
                "z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH",
                "did:key:Z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH",
                "did:key:z16MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH",
                "did:key:z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH ",
                "did:key:z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKtH#key",
                "did:key:z6MkgXZvRh65tcAdLJTKdEvyqEv7ZBhn9C5BM68jw4cESKt",
                "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
                "did:web:example.org"
            })
    void refusesEveryOtherText(String text) {
        assertThatThrownBy(() -> new Did(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
            })
    void refusesPointsOfSmallOrder(String point) {
        assertThatThrownBy(() -> Did.of(Bytes.fromHex(point)))
                .hasMessageContaining("no honest key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
            })
    void refusesPointsThatAreNotReduced(String point) {
        assertThatThrownBy(() -> Did.of(Bytes.fromHex(point)))
                .hasMessageContaining("no honest key");
    }
}

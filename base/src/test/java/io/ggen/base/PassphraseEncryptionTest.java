package io.ggen.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PassphraseEncryptionTest {
    private static final Bytes PKCS8 =
            Bytes.fromHex("302e020100300506032b657004220420" + "42".repeat(32));

    @Test
    void onlyThePassphraseOpensIt() {
        Bytes sealed = PassphraseEncryption.encrypt(PKCS8, "correct horse");
        assertThat(PassphraseEncryption.decrypt(sealed, "correct horse")).isEqualTo(PKCS8);
        assertThatThrownBy(() -> PassphraseEncryption.decrypt(sealed, "battery staple"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PassphraseEncryption.encrypt(PKCS8, "correct horse")).isNotEqualTo(sealed);
    }

    @Test
    void refusesWhatItIsNotMadeFor() {
        assertThatThrownBy(() -> PassphraseEncryption.encrypt(Bytes.empty(), "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PassphraseEncryption.decrypt(Bytes.fromHex("3003020100"), "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

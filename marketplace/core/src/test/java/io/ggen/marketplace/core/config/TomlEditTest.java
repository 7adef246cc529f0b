package io.ggen.marketplace.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TomlEditTest {
    private static final String CONFIG =
            """
            # my settings
            [marketplace]
            cache_capacity = 100   # enough for me
            registry_path = "~/a # b"

            [marketplace.p2p]
            listen_addresses = [
              "/ip4/0.0.0.0/tcp/1",  # one
              "/ip4/0.0.0.0/tcp/2",
            ]
            enabled = false
            """;

    @Test
    void changesAValueAndKeepsItsCommentAndEverythingElse() {
        assertThat(TomlEdit.set(CONFIG, "marketplace", "cache_capacity", "7"))
                .isEqualTo(CONFIG.replace("= 100   #", "= 7   #"));
    }

    @Test
    void takesNoHashWithinATextForAComment() {
        assertThat(TomlEdit.set(CONFIG, "marketplace", "registry_path", "\"x\""))
                .isEqualTo(CONFIG.replace("\"~/a # b\"", "\"x\""));
    }

    @Test
    void replacesAValueOverSeveralLinesAsAWhole() {
        assertThat(TomlEdit.set(CONFIG, "marketplace.p2p", "listen_addresses", "[]"))
                .contains("[marketplace.p2p]\nlisten_addresses = []\nenabled = false\n");
    }

    @Test
    void addsAKeyAtTheEndOfItsTable() {
        assertThat(TomlEdit.set(CONFIG, "marketplace", "lock_wait", "\"1s\""))
                .contains("registry_path = \"~/a # b\"\nlock_wait = \"1s\"\n\n[marketplace.p2p]");
    }

    @Test
    void addsTheTableWhereItIsMissing() {
        assertThat(TomlEdit.set("", "marketplace", "a", "1")).isEqualTo("[marketplace]\na = 1\n");
        assertThat(TomlEdit.set("x = 1\n", "t", "a", "1")).isEqualTo("x = 1\n\n[t]\na = 1\n");
    }

    @Test
    void findsQuotedKeysAndRemovesThem() {
        String manifest = "[dependencies]\n\"acme/ui\" = \"^1.0.0\"\nleaf = \"1.0.0\"\n";
        assertThat(TomlEdit.remove(manifest, "dependencies", "acme/ui"))
                .isEqualTo("[dependencies]\nleaf = \"1.0.0\"\n");
        assertThat(TomlEdit.remove(manifest, "dependencies", "other")).isEqualTo(manifest);
    }

    @Test
    void escapesWhatATomlTextCannotHold() {
        assertThat(TomlEdit.quoted("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"");
    }
}

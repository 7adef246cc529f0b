package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A lockfile that somebody edited while the files of its CIDs stand in place, or do not: refused by
 * file and line, whatever the edit, and nothing changes.
 */
class TamperedLockfileTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.publish("leaf", "1.0.0");
        shop.publish("tool", "1.0.0");
        shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0");
        shop.manifest("\"acme/ui\" = \"*\"", "tool = \"*\"");
        shop.install();
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        String before = shop.lockText();
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(shop.project.resolve("ggen.lock"), after);
    }

    private static String entry(String text, String id, UnaryOperator<String> change) {
        int at = text.indexOf("id = \"" + id + "\"");
        int end = text.indexOf("[[package]]", at);
        end = end < 0 ? text.length() : end;
        return text.substring(0, at) + change.apply(text.substring(at, end)) + text.substring(end);
    }

    /** Refused with the files in place, after a start of the machine, without them, and offline. */
    private void assertRefused(ErrorCode code, int line, Flag... flags) throws IOException {
        assertRefusedOnce(code, line, flags);
        shop.settings = shop.settings.withBootId("boot two");
        assertRefusedOnce(code, line, flags);
        Trees.delete(shop.project.resolve(".ggen"));
        assertRefusedOnce(code, line, flags);
        shop.loseStore();
        assertRefusedOnce(code, line, flags);
        assertThat(shop.installed("acme/ui")).doesNotExist();
    }

    private void assertRefusedOnce(ErrorCode code, int line, Flag... flags) throws IOException {
        String lock = shop.lockText();
        assertThatThrownBy(() -> shop.install(flags))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).as(e.toString()).isEqualTo(code);
                            assertThat(e.getMessage()).contains("ggen.lock:" + line);
                            assertThat(e.details()).containsEntry("line", "" + line);
                        });
        assertThat(shop.lockText()).isEqualTo(lock);
    }

    @Test
    void anotherVersion() throws IOException {
        edit(lock -> entry(lock, "leaf", it -> it.replace("\"1.0.0\"", "\"1.0.7\"")));
        assertRefused(ErrorCode.SECURITY, 14, Flag.FROZEN);
    }

    @Test
    void anotherVersionThatTheRegistryHas() throws IOException {
        shop.publish("leaf", "1.0.7");
        edit(lock -> entry(lock, "leaf", it -> it.replace("\"1.0.0\"", "\"1.0.7\"")));
        assertRefused(ErrorCode.SECURITY, 16, Flag.FROZEN);
    }

    @Test
    void anotherPublisher() throws IOException {
        edit(lock ->
                entry(
                        lock,
                        "leaf",
                        it -> it.replace(shop.alice.did().text(), shop.bob.did().text())));
        assertRefused(ErrorCode.SECURITY, 15, Flag.FROZEN);
    }

    @Test
    void anotherPublisherThatTheResolverWouldNotAsk() throws IOException {
        edit(lock ->
                entry(
                        lock,
                        "tool",
                        it -> it.replace(shop.alice.did().text(), shop.bob.did().text())));
        assertRefused(ErrorCode.SECURITY, 24);
    }

    @Test
    void anotherId() throws IOException {
        edit(lock -> lock.replace("\"leaf\"", "\"leef\""));
        assertRefusedOnce(ErrorCode.SECURITY, 10, Flag.FROZEN);
        Trees.delete(shop.project.resolve(".ggen"));
        InstallerTest.assertFails(ErrorCode.SECURITY, () -> shop.install(Flag.FROZEN));
    }

    @Test
    void aDependencyThatTheRecordDoesNotHave() throws IOException {
        edit(lock -> entry(lock, "leaf", it -> it.replace("[]", "[\"tool\"]")));
        assertRefused(ErrorCode.SECURITY, 19, Flag.FROZEN);
    }

    @Test
    void aDependencyThatWasLeftOut() throws IOException {
        edit(lock -> entry(lock, "acme/ui", it -> it.replace("[\"leaf\"]", "[]")));
        assertRefused(ErrorCode.VALIDATION, 10, Flag.FROZEN);
    }

    @Test
    void filesThatCameAlongWithALockfileNobodySigned() throws IOException {
        shop.loseStore();
        shop.settings = shop.settings.withBootId("another machine");
        edit(lock -> entry(lock, "leaf", it -> it.replace("\"1.0.0\"", "\"1.0.7\"")));
        assertRefusedOnce(ErrorCode.SECURITY, 14, Flag.FROZEN);
    }

    @Test
    void verifyFindsItToo() throws IOException {
        edit(lock -> entry(lock, "leaf", it -> it.replace("[]", "[\"tool\"]")));
        var outcome = new Verification(shop.environment(), shop.inProject()).run(List.of(), false);
        assertThat(outcome.exitStatus()).isEqualTo(16);
    }

    @Test
    void aPublisherThatSignsTwoContentsAsOneVersion() throws IOException {
        var other = new FakeRegistry("file");
        var second = io.ggen.marketplace.core.TestPublisher.number(1).release("leaf", "1.0.0");
        second.publishIn(other);
        shop.use(other);
        shop.project("second");
        shop.manifest("leaf = \"*\"");
        assertThatThrownBy(shop::install)
                .hasMessageContaining("two different contents")
                .hasMessageContaining("evidence");
        try (var kept = Files.walk(shop.home.evidence())) {
            assertThat(kept.filter(Files::isRegularFile)).hasSize(2);
        }
        shop.use(shop.registry);
        InstallerTest.assertFails(ErrorCode.SECURITY, shop::install);
        shop.project("project");
        assertThat(shop.install().reused()).hasSize(3);
        Trees.delete(shop.project.resolve(".ggen"));
        assertThat(shop.install().installed()).hasSize(3);
    }
}

package io.ggen.marketplace.core.config;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.function.UnaryOperator;

/** Changes {@code config.toml} and leaves its comments and its order alone. Blocks on I/O. */
public final class SettingsEditor {
    private final Home home;

    /** Edits the configuration of {@code home}. */
    public SettingsEditor(Home home) {
        this.home = home;
    }

    /**
     * Sets a setting; a list's items are separated by commas.
     *
     * @throws MarketplaceException VALIDATION where the value does not fit
     */
    public void set(SettingKey key, String value) {
        String toml = toml(key, value);
        int dot = key.name().lastIndexOf('.');
        String table = key.name().substring(0, dot);
        edit(before -> TomlEdit.set(before, table, key.name().substring(dot + 1), toml));
    }

    /**
     * Adds a node to join the network through, at the end of the file.
     *
     * @return whether it is new there
     */
    public boolean addBootstrapNode(BootstrapNode node) {
        String address = TomlEdit.quoted(node.address().toString());
        return edit(before ->
                before.contains(address)
                        ? before
                        : before.stripTrailing()
                                + (before.isBlank() ? "" : "\n\n")
                                + "[["
                                + SettingsFile.NODES
                                + "]]\naddress = "
                                + address
                                + "\n");
    }

    private boolean edit(UnaryOperator<String> change) {
        try (ProcessLock held =
                ProcessLock.acquire(
                        home.locks().resolve("config"),
                        ProcessLock.Patience.standard(),
                        holder -> {})) {
            String before = text();
            new SettingsFile(home.config(), before, warning -> {});
            String after = change.apply(before);
            new SettingsFile(home.config(), after, warning -> {});
            DurableFiles.write(home.config(), Bytes.utf8(after));
            return !after.equals(before);
        } catch (ProcessLock.HeldException e) {
            throw new MarketplaceException(
                            ErrorCode.LOCK_TIMEOUT,
                            "cannot change " + home.config() + ": " + e.holder() + " holds it",
                            "wait for that process, or end it, and try again")
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + home.config(), e);
        }
    }

    private static String toml(SettingKey key, String value) {
        try {
            return Values.toml(key, value);
        } catch (IllegalArgumentException e) {
            throw new MarketplaceException(
                            ErrorCode.VALIDATION,
                            String.valueOf(e.getMessage()),
                            "write " + key.expected() + "; the default is " + key.fallback())
                    .causedBy(e);
        }
    }

    private String text() throws IOException {
        try {
            return Files.readString(home.config());
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}

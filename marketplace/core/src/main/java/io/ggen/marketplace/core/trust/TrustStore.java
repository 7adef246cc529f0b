package io.ggen.marketplace.core.trust;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/**
 * The file {@code trust.toml} of a home. Reads are cheap when it is missing. Writes keep what the
 * user wrote by hand, comments included, and are safe between processes. Thread-safe; blocks on
 * I/O.
 */
public final class TrustStore {
    private final Path file;
    private final Path lock;

    /** Opens the trust of {@code home}; touches no disk. */
    public TrustStore(Home home) {
        this.file = home.trust();
        this.lock = home.locks().resolve("trust");
    }

    /** Reads what is trusted now. Throws VALIDATION with file, line and column, or STORAGE. */
    public Trust read() {
        String text = text();
        return text.isEmpty() ? Trust.none() : new TrustFile(file.toString(), text).trust();
    }

    /**
     * Pins {@code id} to {@code publisher}. The same pin again changes nothing.
     *
     * @throws MarketplaceException SECURITY where it is pinned to another key
     */
    public void pin(PackageId id, Did publisher, Instant since) {
        edit(text -> {
            var pinned = parse(text).pinned(id);
            if (pinned.isPresent() && !pinned.get().equals(publisher)) {
                throw new MarketplaceException(
                        ErrorCode.SECURITY,
                        id + " is pinned to " + pinned.get() + ", not to " + publisher + ".",
                        "If the package has a new key and you know it is right: `ggen m trust remove "
                                + id
                                + "`, then pin it again.");
            }
            return pinned.isPresent()
                    ? text
                    : TrustText.append(
                            text,
                            "pin",
                            TrustText.line("id", id.text()),
                            TrustText.line("publisher", publisher.text()),
                            "since = " + since.truncatedTo(ChronoUnit.SECONDS));
        });
    }

    /** Adds or replaces a trusted publisher. */
    public void add(TrustedPublisher publisher) {
        edit(text ->
                TrustText.append(
                        TrustText.remove(text, "publisher", "did", publisher.did().text()),
                        "publisher",
                        TrustText.line("did", publisher.did().text()),
                        TrustText.line("petname", publisher.petname()),
                        "namespaces = ["
                                + String.join(
                                        ", ",
                                        publisher.namespaces().stream()
                                                .map(n -> '"' + n + '"')
                                                .toList())
                                + "]"));
    }

    /** Adds or replaces the binding of a namespace. */
    public void bind(NamespaceBinding binding) {
        edit(text ->
                TrustText.append(
                        TrustText.remove(text, "namespace", "scope", binding.scope()),
                        "namespace",
                        TrustText.line("scope", binding.scope()),
                        binding.publisher()
                                .map(did -> TrustText.line("publisher", did.text()))
                                .orElse(""),
                        binding.registry()
                                .map(registry -> TrustText.line("registry", registry))
                                .orElse("")));
    }

    /**
     * Takes back every pin of that id, trusted publisher of that DID or petname, and namespace of
     * that scope.
     *
     * @return whether there was any
     */
    public boolean remove(String idOrPublisherOrScope) {
        boolean[] removed = new boolean[1];
        edit(text -> {
            String rest = TrustText.remove(text, "pin", "id", idOrPublisherOrScope);
            rest = TrustText.remove(rest, "publisher", "did", idOrPublisherOrScope);
            rest = TrustText.remove(rest, "publisher", "petname", idOrPublisherOrScope);
            rest = TrustText.remove(rest, "namespace", "scope", idOrPublisherOrScope);
            removed[0] = !rest.equals(text);
            return rest;
        });
        return removed[0];
    }

    private void edit(UnaryOperator<String> change) {
        try (ProcessLock held =
                ProcessLock.acquire(lock, ProcessLock.Patience.standard(), holder -> {})) {
            String before = text();
            String after = change.apply(before);
            if (!after.equals(before)) {
                parse(after);
                DurableFiles.write(file, Bytes.utf8(after));
            }
        } catch (ProcessLock.HeldException e) {
            throw new MarketplaceException(
                            ErrorCode.LOCK_TIMEOUT,
                            "Cannot change " + file + ": it is locked by " + e.holder() + ".",
                            "Wait for that process, or end it, and try again.")
                    .causedBy(e);
        } catch (IOException e) {
            throw storage("change", e);
        }
    }

    private Trust parse(String text) {
        return new TrustFile(file.toString(), text).trust();
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw storage("read", e);
        }
    }

    private MarketplaceException storage(String verb, IOException e) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "Cannot " + verb + " " + file + ": " + e.getMessage(),
                        "Check that the file can be read and written and that the disk has room.")
                .causedBy(e);
    }
}

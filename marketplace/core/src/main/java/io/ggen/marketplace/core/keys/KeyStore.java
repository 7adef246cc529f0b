package io.ggen.marketplace.core.keys;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.Ed25519;
import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Label;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Nearest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The publisher keys of one home: {@code keys/<name>.pem}, readable by their owner alone. Blocks on
 * I/O; safe beside other processes. Failures are {@link MarketplaceException}s: STORAGE, USAGE for
 * a name that is not there, PERMISSION_DENIED for a file that others can read and for a passphrase
 * that is missing or wrong.
 */
public final class KeyStore {
    /** The name of the key that the first publish makes. */
    public static final String DEFAULT = "default";

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");
    private static final String PEM = ".pem";
    private static final int MAX_FILE = 16 * 1024;

    private final Home home;
    private final InstantSource clock;
    private final Passphrases passphrases;
    private final Progress progress;
    private final ProcessLock.Patience patience;

    /** Makes a store; touches no disk. */
    public KeyStore(
            Home home,
            InstantSource clock,
            Passphrases passphrases,
            Progress progress,
            ProcessLock.Patience patience) {
        this.home = home;
        this.clock = clock;
        this.passphrases = passphrases;
        this.progress = progress;
        this.patience = patience;
    }

    /**
     * A key, and whether it was made just now: then the user is told, with the line that exports
     * it.
     */
    public record Opened(SigningKey key, boolean created) {}

    /** Returns all keys, sorted by name. */
    public List<KeyInfo> list() {
        List<KeyInfo> keys = new ArrayList<>();
        if (Files.isDirectory(home.keys())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(home.keys(), "*" + PEM)) {
                for (Path file : files) {
                    String fileName = String.valueOf(file.getFileName());
                    if (!fileName.startsWith(".")) { // else half a file that a crash left
                        keys.add(info(fileName.substring(0, fileName.length() - PEM.length())));
                    }
                }
            } catch (IOException e) {
                throw storage("cannot list the keys in " + home.keys(), e);
            }
        }
        keys.sort((one, other) -> one.name().compareTo(other.name()));
        return keys;
    }

    private KeyInfo info(String name) throws IOException {
        Path path = path(name);
        KeyFile file = parse(path.toString(), read(path));
        Instant created = file.created().orElse(Files.getLastModifiedTime(path).toInstant());
        return new KeyInfo(
                name, did(file), Instant.ofEpochSecond(created.getEpochSecond()), file.encrypted());
    }

    private static Optional<Did> did(KeyFile file) {
        return file.did().isPresent() || file.encrypted()
                ? file.did()
                : Optional.of(didOf(file.seed()));
    }

    /** Opens the key of that name. */
    public SigningKey open(String name) {
        Path path = path(name);
        try {
            String text = read(path);
            checkPermissions(path);
            return open(name, path, parse(path.toString(), text));
        } catch (NoSuchFileException e) {
            throw missing(name).causedBy(e);
        } catch (IOException e) {
            throw storage("cannot read the key " + path, e);
        }
    }

    /** Opens the key of that name; where it is {@link #DEFAULT} and missing, makes it. */
    public Opened openOrCreate(String name) {
        if (!name.equals(DEFAULT) || Files.exists(path(name))) {
            return new Opened(open(name), false);
        }
        try (ProcessLock lock = lock(name)) {
            return Files.exists(path(name))
                    ? new Opened(open(name), false)
                    : new Opened(make(name), true);
        }
    }

    /** Makes a new key; throws ALREADY_EXISTS where that name is taken. */
    public SigningKey create(String name) {
        checkName(name);
        try (ProcessLock lock = lock(name)) {
            checkFree(name);
            return make(name);
        }
    }

    private SigningKey make(String name) {
        Ed25519.KeyPair pair = Ed25519.generate();
        Did did = Did.of(pair.publicKey());
        write(
                name,
                KeyFile.of(did, clock.instant(), pair.seed(), passphrases.choosing(name)).text());
        return new SigningKey(name, did, pair.seed());
    }

    /** Returns the PEM as it lies on disk: encrypted where the file is. */
    public String export(String name) {
        try {
            return read(path(name));
        } catch (NoSuchFileException e) {
            throw missing(name).causedBy(e);
        } catch (IOException e) {
            throw storage("cannot read the key " + path(name), e);
        }
    }

    /**
     * Takes a PEM as the key of that name, as it is: what is encrypted stays so. The same key again
     * is no error; throws ALREADY_EXISTS where another has that name, VALIDATION where it is no key
     * of Ed25519.
     *
     * @param source where the PEM comes from, for messages
     */
    public KeyInfo importPem(String name, String pem, String source) {
        checkName(name);
        KeyFile file = parse(source, pem);
        Bytes seed = seed(name, source, file);
        Did did = didOf(seed);
        try (ProcessLock lock = lock(name)) {
            if (!Files.exists(path(name)) || !open(name).did().equals(did)) {
                checkFree(name);
                Instant created = file.created().orElse(clock.instant());
                var named =
                        new KeyFile(
                                Optional.of(did),
                                Optional.of(created),
                                file.encrypted(),
                                file.der());
                write(name, named.text());
            }
            return info(name);
        } catch (IOException e) {
            throw storage("cannot read the key " + path(name), e);
        }
    }

    /** Opens the chain of {@code key}, for one writer at a time; the caller closes it. */
    public Chain chain(SigningKey key) {
        ProcessLock lock = lock(key.name());
        try {
            return Chain.open(home.keys().resolve(key.name() + ".chain"), key, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e instanceof IOException io
                    ? storage("cannot read the chain of the key " + key.name(), io)
                    : (RuntimeException) e;
        }
    }

    private SigningKey open(String name, Path path, KeyFile file) {
        Bytes seed = seed(name, "the key " + name, file);
        try {
            return new SigningKey(name, file.did().orElseGet(() -> didOf(seed)), seed);
        } catch (IllegalArgumentException e) {
            throw malformed(path.toString(), e);
        }
    }

    private Bytes seed(String name, String shown, KeyFile file) {
        if (!file.encrypted()) {
            try {
                return file.seed();
            } catch (IllegalArgumentException e) {
                throw malformed(shown, e);
            }
        }
        String passphrase =
                passphrases.opening(name).orElseThrow(() -> locked(shown, "needs a passphrase"));
        try {
            return file.seed(passphrase);
        } catch (IllegalArgumentException e) {
            throw locked(shown, "does not open: " + e.getMessage()).causedBy(e);
        }
    }

    private static Did didOf(Bytes seed) {
        return Did.of(Ed25519.fromSeed(seed).publicKey());
    }

    private Path path(String name) {
        checkName(name);
        return home.keys().resolve(name + PEM);
    }

    private static void checkName(String name) {
        if (!Label.isValid(name)) {
            throw new MarketplaceException(
                    ErrorCode.USAGE,
                    "a key's name has lower-case letters, digits and hyphens, at most 40",
                    "choose a name such as laptop or build-server");
        }
    }

    private static String read(Path path) throws IOException {
        if (Files.size(path) > MAX_FILE) {
            throw new IOException(path + " is too large for a key");
        }
        return Files.readString(path);
    }

    private static KeyFile parse(String shown, String text) {
        try {
            return KeyFile.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed(shown, e);
        }
    }

    private void write(String name, String text) {
        try {
            if (!Files.isDirectory(home.keys())) {
                Files.createDirectories(home.root());
                Files.createDirectory(home.keys(), PosixFilePermissions.asFileAttribute(OWNERS));
            }
            DurableFiles.writeSecret(path(name), Bytes.utf8(text));
        } catch (IOException e) {
            throw storage("cannot write the key " + path(name), e);
        }
    }

    private void checkFree(String name) {
        if (Files.exists(path(name))) {
            throw new MarketplaceException(
                    ErrorCode.ALREADY_EXISTS,
                    "there is another key named " + name,
                    "choose another name; `ggen marketplace key list` shows those that are taken");
        }
    }

    private static void checkPermissions(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNERS.containsAll(permissions)) {
            throw new MarketplaceException(
                    ErrorCode.PERMISSION_DENIED,
                    "the key "
                            + path
                            + " can be read by others: "
                            + PosixFilePermissions.toString(permissions),
                    "chmod 600 " + path);
        }
    }

    private ProcessLock lock(String name) {
        try {
            return ProcessLock.acquire(
                    home.locks().resolve("key-" + name),
                    patience,
                    holder ->
                            progress.say("waiting for " + holder + ", which uses the key " + name));
        } catch (ProcessLock.HeldException e) {
            throw new MarketplaceException(
                            ErrorCode.LOCK_TIMEOUT,
                            "the key " + name + " is in use by " + e.holder(),
                            "wait until it is done, then try again")
                    .causedBy(e);
        } catch (IOException e) {
            throw storage("cannot lock the key " + name, e);
        }
    }

    private MarketplaceException missing(String name) {
        List<String> names = list().stream().map(KeyInfo::name).toList();
        return new MarketplaceException(
                ErrorCode.USAGE,
                "there is no key named " + name + " in " + home.keys(),
                Nearest.to(name, names)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("make it with `ggen marketplace key new " + name + "`"));
    }

    private static MarketplaceException malformed(String shown, IllegalArgumentException cause) {
        return new MarketplaceException(
                        ErrorCode.VALIDATION,
                        shown + " is no publisher key: " + cause.getMessage(),
                        "a key is PKCS#8 in PEM of Ed25519, as `ggen marketplace key export` prints"
                                + " it")
                .causedBy(cause);
    }

    private static MarketplaceException locked(String shown, String why) {
        return new MarketplaceException(
                ErrorCode.PERMISSION_DENIED,
                shown + " " + why,
                "set GGEN_PASSPHRASE, or run this in a terminal and type it");
    }

    private static MarketplaceException storage(String what, IOException cause) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        what + ": " + cause.getMessage(),
                        "check that the folder exists, is yours and has room")
                .causedBy(cause);
    }
}

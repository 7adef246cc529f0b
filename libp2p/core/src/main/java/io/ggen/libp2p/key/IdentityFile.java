package io.ggen.libp2p.key;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.Ed25519;
import io.ggen.base.PassphraseEncryption;
import io.ggen.base.ProcessLock;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Where a host keeps who it is: a key in a file that its owner alone can read (0600). A plain file
 * is the protobuf form, which other implementations read and write, of a key of any type; one with
 * a passphrase is the PKCS#8 in PEM that OpenSSL reads, of an Ed25519 key. New keys are of Ed25519.
 * A file that is there is never written to, whatever is in it. Blocks on I/O; safe beside other
 * processes.
 *
 * @param path the file; beside it {@code path.lock} while a key is made
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md#keys">peer ids,
 *     keys</a>
 */
public record IdentityFile(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final int MAX_FILE = 16 * 1024;
    private static final Bytes PKCS8 = Bytes.fromHex("302e020100300506032b657004220420");
    private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
    private static final String END = "\n-----END ENCRYPTED PRIVATE KEY-----\n";

    /**
     * Returns the key in the file; makes one where there is no file.
     *
     * @param passphrase opens a file that is encrypted, and encrypts a new one; empty for none
     * @throws Libp2pException INVALID_KEY for a file that others can read, that is no key or that
     *     the passphrase does not open, with what to do about it; IO
     */
    public PrivateKey openOrCreate(Optional<String> passphrase) {
        try {
            if (Files.exists(path)) {
                return read(passphrase);
            }
            try (ProcessLock lock = lock()) {
                return Files.exists(path) ? read(passphrase) : make(passphrase);
            }
        } catch (IOException e) {
            throw new Libp2pException(Code.IO, "cannot open the identity " + path, e);
        }
    }

    private ProcessLock lock() throws IOException {
        return ProcessLock.acquire(
                path.resolveSibling(path.getFileName() + ".lock"),
                ProcessLock.Patience.standard(),
                holder -> {});
    }

    private PrivateKey make(Optional<String> passphrase) throws IOException {
        var key = new PrivateKey.OfEd25519(Ed25519.generate());
        DurableFiles.writeSecret(
                path, passphrase.map(phrase -> encrypt(key, phrase)).orElseGet(key::encode));
        return key;
    }

    private static Bytes encrypt(PrivateKey.OfEd25519 key, String passphrase) {
        Bytes der = PassphraseEncryption.encrypt(PKCS8.concat(key.pair().seed()), passphrase);
        return Bytes.utf8(
                BEGIN
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toArray())
                        + END);
    }

    private PrivateKey read(Optional<String> passphrase) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw unusable(
                    "can be read or written by others ("
                            + PosixFilePermissions.toString(permissions)
                            + "): chmod 600 "
                            + path);
        }
        if (Files.size(path) > MAX_FILE) {
            throw unusable("is too large for a key");
        }
        Bytes content = Bytes.wrap(Files.readAllBytes(path));
        try {
            return content.startsWith(Bytes.utf8(BEGIN))
                    ? decrypt(content.utf8(), passphrase)
                    : PrivateKey.decode(content);
        } catch (InvalidKeyException e) {
            throw unusable(
                    "holds no key: "
                            + e.getMessage()
                            + "; it is left as it is, move it away to get a new identity");
        }
    }

    private PrivateKey decrypt(String pem, Optional<String> passphrase) {
        String phrase =
                passphrase.orElseThrow(() -> unusable("is encrypted and needs a passphrase"));
        try {
            int end = pem.indexOf(END);
            String body = pem.substring(BEGIN.length(), Math.max(BEGIN.length(), end));
            Bytes pkcs8 =
                    PassphraseEncryption.decrypt(
                            Bytes.wrap(Base64.getMimeDecoder().decode(body)), phrase);
            if (!pkcs8.startsWith(PKCS8)) {
                throw new IllegalArgumentException("it is no key of Ed25519");
            }
            return PrivateKey.ofSeed(pkcs8.slice(PKCS8.length(), pkcs8.length()));
        } catch (IllegalArgumentException e) {
            throw unusable("does not open: " + e.getMessage());
        }
    }

    private InvalidKeyException unusable(String why) {
        return new InvalidKeyException("the identity " + path + " " + why);
    }
}

package io.ggen.marketplace.core.keys;

import io.ggen.base.Bytes;
import io.ggen.base.Ed25519;
import io.ggen.base.PassphraseEncryption;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.UtcTime;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The text of a key file: two lines for people, then PKCS#8 in PEM, plain or encrypted.
 *
 * @param did as the first lines say
 * @param created as the first lines say
 * @param encrypted whether {@code der} is an EncryptedPrivateKeyInfo
 * @param der the decoded PEM
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8410">RFC 8410</a>
 */
record KeyFile(Optional<Did> did, Optional<Instant> created, boolean encrypted, Bytes der) {
    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final String DID = "publisher: ";
    private static final String CREATED = "created: ";
    private static final Bytes VERSION_1 = Bytes.fromHex("302e020100300506032b657004220420");
    private static final Bytes VERSION_2 = Bytes.fromHex("3051020101300506032b657004220420");
    private static final int VERSION_2_LENGTH = 83;

    /** Returns the file of a seed, encrypted where there is a passphrase. */
    static KeyFile of(Did did, Instant created, Bytes seed, Optional<String> passphrase) {
        Bytes pkcs8 = VERSION_1.concat(seed);
        return new KeyFile(
                Optional.of(did),
                Optional.of(created),
                passphrase.isPresent(),
                passphrase
                        .map(phrase -> PassphraseEncryption.encrypt(pkcs8, phrase))
                        .orElse(pkcs8));
    }

    /** Reads a PEM with any lines before it; throws IllegalArgumentException when it is none. */
    static KeyFile parse(String text) {
        boolean encrypted = text.contains("-----BEGIN " + ENCRYPTED + "-----");
        String label = encrypted ? ENCRYPTED : PLAIN;
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(PemKind.of(text));
        }
        Bytes der = decode(text.substring(from + begin.length(), to));
        String before = text.substring(0, from);
        return new KeyFile(
                line(before, DID).map(Did::new),
                line(before, CREATED).map(UtcTime::parse),
                encrypted,
                der);
    }

    private static Bytes decode(String lines) {
        var base64 = new StringBuilder(lines.length());
        for (int i = 0; i < lines.length(); i++) {
            if (!Character.isWhitespace(lines.charAt(i))) {
                base64.append(lines.charAt(i));
            }
        }
        return Bytes.wrap(Base64.getDecoder().decode(base64.toString()));
    }

    private static Optional<String> line(String text, String start) {
        int from = text.startsWith(start) ? 0 : text.indexOf("\n" + start) + 1;
        if (from == 0 && !text.startsWith(start)) {
            return Optional.empty();
        }
        int end = text.indexOf('\n', from);
        return Optional.of(
                text.substring(from + start.length(), end < 0 ? text.length() : end).strip());
    }

    /** Returns the secret seed; the file is not encrypted. */
    Bytes seed() {
        return seed(der);
    }

    /** Returns the secret seed; throws IllegalArgumentException for a wrong passphrase. */
    Bytes seed(String passphrase) {
        return seed(PassphraseEncryption.decrypt(der, passphrase));
    }

    private static Bytes seed(Bytes pkcs8) {
        int end = VERSION_1.length() + Ed25519.KEY_LENGTH;
        boolean known =
                (pkcs8.startsWith(VERSION_1) && pkcs8.length() == end)
                        || (pkcs8.startsWith(VERSION_2) && pkcs8.length() == VERSION_2_LENGTH);
        if (!known) {
            throw new IllegalArgumentException(PemKind.ofPkcs8(pkcs8));
        }
        return pkcs8.slice(VERSION_1.length(), end);
    }

    /** Returns the text. */
    String text() {
        String label = encrypted ? ENCRYPTED : PLAIN;
        return did.map(d -> DID + d + "\n").orElse("")
                + created.map(c -> CREATED + UtcTime.format(c) + "\n").orElse("")
                + "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toArray())
                + "\n-----END "
                + label
                + "-----\n";
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "KeyFile[" + did + "]";
    }
}

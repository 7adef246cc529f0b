package io.ggen.libp2p.pnet;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.transport.RawConnection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key of a private network. Immutable; its text says nothing of the secret.
 *
 * @param secret 32 bytes
 */
public record PreSharedKey(Bytes secret) {
    private static final int LENGTH = 32;
    private static final int MAX_FILE = 4096;
    private static final String HEADER = "/key/swarm/psk/1.0.0/";
    private static final String BASE16 = "/base16/";
    private static final String BASE64 = "/base64/";
    private static final String BINARY = "/bin/";

    /** Checks the length; throws IllegalArgumentException. */
    public PreSharedKey {
        if (secret.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "a private network's key has 32 bytes, not " + secret.length());
        }
    }

    /** Makes a new key from the platform's secure random source. */
    public static PreSharedKey generate() {
        byte[] secret = new byte[LENGTH];
        new SecureRandom().nextBytes(secret);
        return new PreSharedKey(Bytes.wrap(secret));
    }

    /**
     * Reads a key file. Where there is none that can be read this fails: a network that was meant
     * to be private is never open by accident.
     *
     * @throws Libp2pException INVALID_KEY that names the file and what is wrong with it, IO
     */
    public static PreSharedKey read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new IllegalArgumentException("it is too long");
            }
            return parse(Bytes.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new Libp2pException(
                    Code.IO, "cannot read the private network's key from " + file, e);
        } catch (IllegalArgumentException e) {
            throw new Libp2pException(
                    Code.INVALID_KEY,
                    file + " is not the key of a private network: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Reads the content of a key file: a line with the format, a line with the encoding (base16,
     * base64 or bin), the key.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static PreSharedKey parse(Bytes file) {
        int first = lineEnd(file, 0);
        int second = lineEnd(file, first + 1);
        if (!line(file, 0, first).equals(HEADER)) {
            throw new IllegalArgumentException("it does not begin with the line " + HEADER);
        }
        Bytes rest = file.slice(Math.min(second + 1, file.length()), file.length());
        String encoding = line(file, Math.min(first + 1, file.length()), second);
        return new PreSharedKey(
                switch (encoding) {
                    case BASE16 -> Bytes.fromHex(rest.utf8().strip());
                    case BASE64 -> Bytes.wrap(Base64.getDecoder().decode(rest.utf8().strip()));
                    case BINARY -> rest;
                    default ->
                            throw new IllegalArgumentException(
                                    "its second line is none of /base16/, /base64/ and /bin/");
                });
    }

    private static int lineEnd(Bytes file, int from) {
        int at = from;
        while (at < file.length() && file.get(at) != '\n') {
            at++;
        }
        return Math.min(at, file.length());
    }

    private static String line(Bytes file, int from, int to) {
        return file.slice(from, to).utf8().stripTrailing();
    }

    /** Returns the content of a key file, in base16, which every implementation reads. */
    public String text() {
        return HEADER + "\n" + BASE16 + "\n" + secret.hex() + "\n";
    }

    /** Returns the network's name as others derive it from the key; 16 bytes, no secret. */
    public Bytes fingerprint() {
        return XSalsa20.fingerprint(secret);
    }

    /**
     * Returns {@code raw} with everything on it, from the first byte on, encrypted by this key. The
     * nonce that this side's bytes begin with is sent here, unasked: js-libp2p says nothing before
     * it has the other side's. No one is authenticated: what comes from a peer with another key is
     * garbage.
     */
    public RawConnection protect(RawConnection raw) {
        byte[] nonce = new byte[XSalsa20.NONCE];
        new SecureRandom().nextBytes(nonce);
        raw.write(ByteBuffer.wrap(nonce));
        raw.flush();
        return new PrivateConnection(raw, this, Bytes.wrap(nonce));
    }

    /** Says which network it is, not its key. */
    @Override
    public String toString() {
        return "PreSharedKey[" + fingerprint() + "]";
    }
}

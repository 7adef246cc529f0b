package io.ggen.marketplace.core.keys;

import io.ggen.base.Bytes;

import java.util.List;

/** Says what a file is that is no key of Ed25519, for whoever took the wrong one. Stateless. */
final class PemKind {
    private static final String BEGIN = "-----BEGIN ";

    private record Known(String mark, String says) {}

    private static final List<Known> LABELS =
            List.of(
                    new Known("OPENSSH PRIVATE KEY", "it is a key of OpenSSH"),
                    new Known("RSA PRIVATE KEY", "it is a key of RSA"),
                    new Known("DSA PRIVATE KEY", "it is a key of DSA"),
                    new Known("EC PRIVATE KEY", "it is a key of ECDSA"),
                    new Known("PGP ", "it is a key or message of PGP"),
                    new Known("PUBLIC KEY", "it is a public key, which cannot sign"),
                    new Known("CERTIFICATE", "it is a certificate"),
                    new Known("PRIVATE KEY", "its PEM is cut off"));

    private static final List<Known> ALGORITHMS =
            List.of(
                    new Known("06092a864886f70d010101", "it is a key of RSA, not of Ed25519"),
                    new Known("06072a8648ce3d0201", "it is a key of ECDSA, not of Ed25519"),
                    new Known("06032b656e", "it is a key of X25519, which cannot sign"),
                    new Known("06032b6571", "it is a key of Ed448, not of Ed25519"));

    private PemKind() {}

    /** Says what a text without a PKCS#8 private key in PEM is. */
    static String of(String text) {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            return text.isBlank() ? "it is empty" : "there is no PEM in it";
        }
        for (Known known : LABELS) {
            if (text.startsWith(known.mark, begin + BEGIN.length())) {
                return known.says;
            }
        }
        return "there is no PKCS#8 private key in it";
    }

    /** Says what a PKCS#8 that is not of Ed25519 is. */
    static String ofPkcs8(Bytes pkcs8) {
        String hex = pkcs8.slice(0, Math.min(pkcs8.length(), 32)).hex();
        for (Known known : ALGORITHMS) {
            if (hex.contains(known.mark)) {
                return known.says;
            }
        }
        return "not the private key of Ed25519";
    }
}

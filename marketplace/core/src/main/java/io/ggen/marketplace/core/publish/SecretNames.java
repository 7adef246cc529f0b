package io.ggen.marketplace.core.publish;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Files that hold secrets, by their names alone. */
final class SecretNames {
    private static final Set<String> NAMES =
            Set.of(
                    ".netrc",
                    "_netrc",
                    ".pgpass",
                    ".htpasswd",
                    ".git-credentials",
                    ".pypirc",
                    ".dockercfg",
                    ".envrc",
                    ".s3cfg",
                    ".vault-token",
                    "id_rsa",
                    "id_dsa",
                    "id_ecdsa",
                    "id_ecdsa_sk",
                    "id_ed25519",
                    "id_ed25519_sk");
    private static final List<String> PLACES =
            List.of(
                    ".aws/credentials",
                    ".cargo/credentials",
                    ".cargo/credentials.toml",
                    ".docker/config.json",
                    ".gem/credentials",
                    ".kube/config");
    private static final List<String> ENDINGS =
            List.of(".p12", ".pfx", ".jks", ".kdbx", ".keystore", ".ppk");
    private static final List<String> TEMPLATES =
            List.of(".example", ".sample", ".template", ".dist", ".defaults", ".schema");

    private SecretNames() {}

    /** Returns what {@code path} is, when it is a secret by its name. */
    static Optional<String> kindOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (isEnvironment(name)) {
            return Optional.of("a file of environment variables is not published");
        }
        boolean credentials =
                NAMES.contains(name) || endsWith(path, PLACES) || endsWith(name, ENDINGS);
        return credentials
                ? Optional.of("a file of keys or passwords is not published")
                : Optional.empty();
    }

    private static boolean isEnvironment(String name) {
        return name.equals(".env") || (name.startsWith(".env.") && !endsWith(name, TEMPLATES));
    }

    private static boolean endsWith(String name, List<String> endings) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}

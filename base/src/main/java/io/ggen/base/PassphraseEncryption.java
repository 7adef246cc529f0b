package io.ggen.base;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A PKCS#8 private key of Ed25519 under a passphrase: PBES2 with PBKDF2-HMAC-SHA256, 600,000
 * rounds, and AES-256-CBC, as OpenSSL reads and writes it. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018</a>
 */
public final class PassphraseEncryption {
    private static final int ROUNDS = 600_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SALT = 16;
    private static final int PKCS8_LENGTH = 48;
    private static final int AES_BITS = 256;
    private static final String PARAMETERS = "PBEWithHmacSHA256AndAES_256";

    /** EncryptedPrivateKeyInfo up to the salt; then rounds up to the vector; then the secret. */
    private static final Bytes BEFORE_SALT =
            Bytes.fromHex("3081a4306006092a864886f70d01050d3053303206092a864886f70d01050c30250410");

    private static final Bytes BEFORE_VECTOR =
            Bytes.fromHex("02030927c0300c06082a864886f70d02090500301d060960864801650304012a0410");

    private static final Bytes BEFORE_SECRET = Bytes.fromHex("0440");

    private PassphraseEncryption() {}

    /**
     * Returns the DER of an EncryptedPrivateKeyInfo around {@code pkcs8}, which has the 48 bytes of
     * an Ed25519 key. Takes a few hundred milliseconds, on purpose.
     */
    public static Bytes encrypt(Bytes pkcs8, String passphrase) {
        if (pkcs8.length() != PKCS8_LENGTH) {
            throw new IllegalArgumentException("the PKCS#8 of an Ed25519 key has 48 bytes");
        }
        var random = new SecureRandom();
        byte[] salt = new byte[SALT];
        byte[] vector = new byte[SALT];
        random.nextBytes(salt);
        random.nextBytes(vector);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, salt, ROUNDS, vector);
            Bytes secret = Bytes.wrap(cipher.doFinal(pkcs8.toArray()));
            return BEFORE_SALT
                    .concat(Bytes.wrap(salt))
                    .concat(BEFORE_VECTOR)
                    .concat(Bytes.wrap(vector))
                    .concat(BEFORE_SECRET)
                    .concat(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks PBKDF2 or AES", e);
        }
    }

    /**
     * Returns the PKCS#8; throws IllegalArgumentException where the passphrase does not open it.
     */
    public static Bytes decrypt(Bytes der, String passphrase) {
        try {
            var info = new EncryptedPrivateKeyInfo(der.toArray());
            PBEParameterSpec spec = parameters(info);
            var vector = (IvParameterSpec) spec.getParameterSpec();
            Cipher cipher =
                    cipher(
                            Cipher.DECRYPT_MODE,
                            passphrase,
                            spec.getSalt(),
                            spec.getIterationCount(),
                            vector.getIV());
            return Bytes.wrap(cipher.doFinal(info.getEncryptedData()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the passphrase is another one, or the file is damaged", e);
        }
    }

    private static PBEParameterSpec parameters(EncryptedPrivateKeyInfo info)
            throws GeneralSecurityException {
        if (!String.valueOf(info.getAlgParameters()).equals(PARAMETERS)) {
            throw new IllegalArgumentException(
                    "it is not encrypted with PBES2, HMAC-SHA256 and AES-256-CBC");
        }
        var spec = info.getAlgParameters().getParameterSpec(PBEParameterSpec.class);
        if (spec.getIterationCount() > MOST_ROUNDS) {
            throw new IllegalArgumentException("it takes too many rounds");
        }
        return spec;
    }

    private static Cipher cipher(
            int mode, String passphrase, byte[] salt, int rounds, byte[] vector)
            throws GeneralSecurityException {
        var spec = new PBEKeySpec(passphrase.toCharArray(), salt, rounds, AES_BITS);
        byte[] key =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
        spec.clearPassword();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
        return cipher;
    }
}

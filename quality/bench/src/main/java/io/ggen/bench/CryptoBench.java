package io.ggen.bench;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
import io.ggen.base.Ed25519;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** N1, the ciphers alone: the provider that the host uses beside the JDK's. */
final class CryptoBench implements Bench {
    private static final int FRAME = 65_519;
    private static final int FRAMES = 400;
    private static final int VERIFICATIONS = 500;

    @Override
    public void run(String id, Context context) throws Exception {
        int runs = context.quick() ? 3 : 9;
        String ours = CryptoProvider.fast().name();
        Duel sealing =
                Duel.alternate(
                        runs,
                        () -> sealed(CryptoProvider.fast().chaCha20Poly1305()),
                        () -> sealed(jdkCipher()));
        context.print(
                Row.of(
                                id,
                                "ChaCha20-Poly1305, frames of 64 KiB, " + ours,
                                "MB/s",
                                Row.Better.HIGHER,
                                sealing.ours())
                        .withRival("JDK", sealing.rival().median()));
        verification(id, ours, runs, context);
    }

    private static void verification(String id, String ours, int runs, Context context)
            throws GeneralSecurityException {
        CryptoProvider.expectMany();
        Ed25519.KeyPair pair = Ed25519.generate();
        Bytes message = Bytes.utf8("a message of a usual length, as a record has it".repeat(4));
        Bytes signature = Ed25519.sign(pair.seed(), message);
        KeyPair jdkPair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] jdkSignature = jdkSigned(jdkPair, message);
        Duel verifying =
                Duel.alternate(
                        runs,
                        () -> rate(() -> Ed25519.verify(pair.publicKey(), message, signature)),
                        () -> rate(() -> jdkVerifies(jdkPair, message, jdkSignature)));
        context.print(
                Row.of(id, "Ed25519 verify, " + ours, "1/s", Row.Better.HIGHER, verifying.ours())
                        .withRival("JDK", verifying.rival().median()));
    }

    private interface Check {
        boolean holds() throws GeneralSecurityException;
    }

    private static double rate(Check check) {
        return VERIFICATIONS
                / Duel.seconds(() -> {
                    for (int i = 0; i < VERIFICATIONS; i++) {
                        require(check);
                    }
                });
    }

    private static void require(Check check) {
        try {
            if (!check.holds()) {
                throw new IllegalStateException("a good signature was refused");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] jdkSigned(KeyPair pair, Bytes message) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update(message.toArray());
        return signer.sign();
    }

    private static boolean jdkVerifies(KeyPair pair, Bytes message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(message.toArray());
        return verifier.verify(signature);
    }

    private static Cipher jdkCipher() {
        try {
            return Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the MB/s at which {@code cipher} seals frames under counting nonces. */
    private static double sealed(Cipher cipher) {
        var key = new SecretKeySpec(new byte[32], "ChaCha20");
        ByteBuffer plain = ByteBuffer.allocateDirect(FRAME);
        ByteBuffer out = ByteBuffer.allocateDirect(FRAME + 16);
        byte[] nonce = new byte[12];
        double seconds =
                Duel.seconds(() -> {
                    for (int i = 0; i < FRAMES; i++) {
                        ByteBuffer.wrap(nonce).putInt(8, ByteBuffer.wrap(nonce).getInt(8) + 1);
                        seal(cipher, key, nonce, plain.clear(), out.clear());
                    }
                });
        return FRAMES * (double) FRAME / 1e6 / seconds;
    }

    private static void seal(
            Cipher cipher, SecretKeySpec key, byte[] nonce, ByteBuffer plain, ByteBuffer out) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
            cipher.doFinal(plain, out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

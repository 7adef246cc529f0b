package io.ggen.base;

import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.net.ssl.SSLContext;

/**
 * Who does the cryptography: Conscrypt where its native library loads, the JDK elsewhere.
 * Thread-safe.
 *
 * <p>Loading Conscrypt costs a process some 30 ms, as much as some twenty verifications or hashing
 * 4 MiB in the JDK. So the first few operations of a process stay in the JDK and only a process
 * that goes on verifying, or hashes more than that, loads it.
 */
public final class CryptoProvider {
    private static final int JDK_OPERATIONS = 3;
    private static final CryptoProvider JDK = new CryptoProvider(Optional.empty());
    private static final AtomicInteger OPERATIONS = new AtomicInteger();
    private static final long JDK_BYTES = 4 << 20;
    private static final AtomicLong HASHED = new AtomicLong();

    private final Optional<Provider> provider;

    /** Never updated, only copied: looking a digest up costs more than hashing a small block. */
    private volatile @Nullable MessageDigest sha256;

    private CryptoProvider(Optional<Provider> provider) {
        this.provider = provider;
    }

    private static final class Fast {
        static final CryptoProvider INSTANCE = new CryptoProvider(load());

        private static Optional<Provider> load() {
            try {
                return Optional.of(Conscrypt.newProvider());
            } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException e) {
                System.getLogger(CryptoProvider.class.getName())
                        .log(
                                System.Logger.Level.DEBUG,
                                "Conscrypt does not load, the JDK does its work",
                                e);
                return Optional.empty();
            }
        }
    }

    /**
     * Returns the fastest provider of this machine; the first call loads it (blocking, about 25
     * ms).
     */
    public static CryptoProvider fast() {
        return Fast.INSTANCE;
    }

    /**
     * Says that many signatures are going to be verified, so that the JDK's provider is not even
     * begun with. Does not block: the fast one is loaded in a thread of its own, for which the
     * first verification waits.
     */
    public static void expectMany() {
        OPERATIONS.set(JDK_OPERATIONS);
        Thread.ofPlatform().daemon().name("crypto").start(CryptoProvider::fast);
    }

    static CryptoProvider forVerification() {
        return OPERATIONS.get() < JDK_OPERATIONS && OPERATIONS.getAndIncrement() < JDK_OPERATIONS
                ? JDK
                : fast();
    }

    /** Returns who should hash {@code bytes} more bytes in this process. */
    static CryptoProvider forHashing(int bytes) {
        return HASHED.get() < JDK_BYTES && HASHED.addAndGet(bytes) < JDK_BYTES ? JDK : fast();
    }

    static CryptoProvider jdk() {
        return JDK;
    }

    /** Returns whether this is the one for the first few operations of a process. */
    boolean isFirst() {
        return this == JDK;
    }

    /** Returns whether the JDK does the work. */
    boolean isJdk() {
        return provider.isEmpty();
    }

    MessageDigest sha256() {
        MessageDigest fresh = sha256;
        try {
            if (fresh == null) {
                fresh =
                        provider.isPresent()
                                ? MessageDigest.getInstance("SHA-256", provider.get())
                                : MessageDigest.getInstance("SHA-256");
                sha256 = fresh;
            }
            return (MessageDigest) fresh.clone();
        } catch (NoSuchAlgorithmException | CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform has SHA-256, to be copied", e);
        }
    }

    /** Returns the provider's name and version, for {@code doctor}. */
    public String name() {
        if (provider.isEmpty()) {
            return "JDK";
        }
        Conscrypt.Version version = Conscrypt.version(); // its provider says 1.0 for ever
        return "Conscrypt " + version.major() + "." + version.minor() + "." + version.patch();
    }

    /**
     * Returns a new ChaCha20-Poly1305 cipher (RFC 8439); it takes an IvParameterSpec of 12 bytes.
     */
    public Cipher chaCha20Poly1305() {
        try {
            return provider.isPresent()
                    ? Cipher.getInstance("ChaCha20/Poly1305/NoPadding", provider.get())
                    : Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks ChaCha20-Poly1305", e);
        }
    }

    /** Returns a new TLS 1.3 context, not initialised yet. */
    public SSLContext tls13() {
        try {
            return provider.isPresent()
                    ? SSLContext.getInstance("TLSv1.3", provider.get())
                    : SSLContext.getInstance("TLSv1.3");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks TLS 1.3", e);
        }
    }

    /** Returns a reader of X.509 certificates. */
    public CertificateFactory certificates() {
        try {
            return provider.isPresent()
                    ? CertificateFactory.getInstance("X.509", provider.get())
                    : CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every Java platform reads X.509 certificates", e);
        }
    }

    /** Returns a new maker of key pairs. */
    public KeyPairGenerator keyPairGenerator(String algorithm) throws GeneralSecurityException {
        return provider.isPresent()
                ? KeyPairGenerator.getInstance(algorithm, provider.get())
                : KeyPairGenerator.getInstance(algorithm);
    }

    /** Returns a new key agreement. */
    public KeyAgreement keyAgreement(String algorithm) throws GeneralSecurityException {
        return provider.isPresent()
                ? KeyAgreement.getInstance(algorithm, provider.get())
                : KeyAgreement.getInstance(algorithm);
    }

    /** Returns a new signature. */
    public Signature signature(String algorithm) throws GeneralSecurityException {
        return provider.isPresent()
                ? Signature.getInstance(algorithm, provider.get())
                : Signature.getInstance(algorithm);
    }

    /** Returns a reader of keys. */
    public KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
        return provider.isPresent()
                ? KeyFactory.getInstance(algorithm, provider.get())
                : KeyFactory.getInstance(algorithm);
    }

    /** Checks that {@code certificate} is signed by {@code key}; throws when it is not. */
    public void verify(Certificate certificate, PublicKey key) throws GeneralSecurityException {
        if (provider.isPresent() && key instanceof ECPublicKey) {
            certificate.verify(key, provider.get());
        } else {
            certificate.verify(key);
        }
    }
}

package io.ggen.base;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.EdECKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/**
 * Raw keys as the JDK's signatures take them. Its own key factory gives the same, but switches over
 * patterns on the way, which costs the first use in each process some 20 ms.
 */
final class Ed25519Keys {
    private static final String NAME = "EdDSA";
    private static final int SIGN = 0x80;

    private Ed25519Keys() {}

    /** What both kinds have: 32 raw bytes on the one curve. */
    @SuppressWarnings("serial") // never written: it would write the secret
    abstract static class Raw implements EdECKey, Key {
        final transient Bytes raw;

        Raw(Bytes raw) {
            this.raw = raw;
        }

        @Override
        public NamedParameterSpec getParams() {
            return NamedParameterSpec.ED25519;
        }

        @Override
        public String getAlgorithm() {
            return NAME;
        }
    }

    /** A secret seed. */
    @SuppressWarnings("serial") // never written: it would write the secret
    static final class Secret extends Raw implements EdECPrivateKey {
        Secret(Bytes seed) {
            super(seed);
        }

        @Override
        public Optional<byte[]> getBytes() {
            return Optional.of(raw.toArray());
        }

        @Override
        public String getFormat() {
            return "PKCS#8";
        }

        @Override
        public byte[] getEncoded() {
            return Ed25519.PKCS8_PREFIX.concat(raw).toArray();
        }
    }

    /** A public key: the y coordinate, little-endian, with the sign of x in the highest bit. */
    @SuppressWarnings("serial") // never written
    static final class Public extends Raw implements EdECPublicKey {
        Public(Bytes raw) {
            super(raw);
        }

        @Override
        public EdECPoint getPoint() {
            byte[] y = raw.toArray();
            int last = y.length - 1;
            boolean isOdd = (y[last] & SIGN) != 0;
            y[last] &= SIGN - 1;
            for (int i = 0; i < y.length / 2; i++) {
                byte swapped = y[i];
                y[i] = y[last - i];
                y[last - i] = swapped;
            }
            return new EdECPoint(isOdd, new BigInteger(1, y));
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return Ed25519.X509_PREFIX.concat(raw).toArray();
        }
    }
}

package io.ggen.libp2p.key;

/** The kinds of key that a peer may have; each with its number on the wire. */
public enum KeyType {
    /** PKCS#1 v1.5 over SHA-256; 2048 to 8192 bits. */
    RSA(0),
    /** RFC 8032. */
    ED25519(1),
    /** ECDSA over SHA-256 on secp256k1. */
    SECP256K1(2),
    /** ECDSA over SHA-256 on P-256. */
    ECDSA(3);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static KeyType of(long code) {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new InvalidKeyException("unknown key type " + code);
    }
}

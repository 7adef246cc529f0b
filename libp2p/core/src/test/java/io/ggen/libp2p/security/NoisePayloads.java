package io.ggen.libp2p.security;

import io.ggen.base.Bytes;

/** The decoder of what peers say within a Noise handshake, for fuzzers. */
public final class NoisePayloads {
    private NoisePayloads() {}

    /** Reads a payload as if it came with a static key of zeros; returns the muxers in it. */
    public static Object read(Bytes payload) {
        return NoisePayload.verify(payload, Bytes.wrap(new byte[X25519.LENGTH])).muxers();
    }
}

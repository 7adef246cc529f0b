package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The published vectors of Noise_XX_25519_ChaChaPoly_SHA256 without prologue. */
final class NoiseVectorTest {
    static List<Map<String, String>> vectors() throws IOException {
        try (var in = NoiseVectorTest.class.getResourceAsStream("noise-xx.txt")) {
            assertThat(in).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            List<Map<String, String>> vectors = new ArrayList<>();
            for (String vector : text.strip().split("\n\n", -1)) {
                Map<String, String> fields = new HashMap<>();
                vector.lines()
                        .map(line -> line.split("=", 2))
                        .forEach(pair -> fields.put(pair[0], pair[1]));
                vectors.add(fields);
            }
            return vectors;
        }
    }

    private record Vector(Map<String, String> fields) {
        Bytes bytes(String name) {
            String hex = fields.get(name);
            assertThat(hex).as(name).isNotNull();
            return Bytes.fromHex(String.valueOf(hex));
        }

        X25519.KeyPair pair(String name) {
            return X25519.KeyPair.of(bytes(name));
        }

        Bytes payload(int message) {
            return bytes("msg_" + message + "_payload");
        }

        Bytes sealed(int message) {
            return bytes("msg_" + message + "_ciphertext");
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bothSidesWriteAndReadThePublishedMessages(Map<String, String> fields) {
        assertThat(fields).containsEntry("handshake", "Noise_XX_25519_ChaChaPoly_SHA256");
        var vector = new Vector(fields);
        var initiator =
                new NoiseHandshake(vector.pair("init_static"), vector.pair("gen_init_ephemeral"));
        var responder =
                new NoiseHandshake(vector.pair("resp_static"), vector.pair("gen_resp_ephemeral"));
        assertThat(initiator.writeFirst(vector.payload(0))).isEqualTo(vector.sealed(0));
        assertThat(responder.readFirst(vector.sealed(0))).isEqualTo(vector.payload(0));
        assertThat(responder.writeSecond(vector.payload(1))).isEqualTo(vector.sealed(1));
        assertThat(initiator.readSecond(vector.sealed(1))).isEqualTo(vector.payload(1));
        assertThat(initiator.writeThird(vector.payload(2))).isEqualTo(vector.sealed(2));
        assertThat(responder.readThird(vector.sealed(2))).isEqualTo(vector.payload(2));
        assertThat(initiator.remoteStatic()).isEqualTo(vector.pair("resp_static").publicKey());
        assertThat(responder.remoteStatic()).isEqualTo(vector.pair("init_static").publicKey());
        NoiseState.Keys keys = initiator.keys();
        assertThat(sealed(keys.initiator(), vector.payload(3))).isEqualTo(vector.sealed(3));
        assertThat(sealed(keys.responder(), vector.payload(4))).isEqualTo(vector.sealed(4));
    }

    private static Bytes sealed(NoiseCipher cipher, Bytes plain) {
        ByteBuffer out = ByteBuffer.allocate(plain.length() + NoiseCipher.TAG);
        cipher.encrypt(plain.buffer(), Bytes.empty(), out);
        return Bytes.wrap(out.array());
    }
}

package io.ggen.libp2p.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Victim;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.transport.RawConnection;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLEngine;

/** Handshakes that are sound but for one lie, against a host over TCP. */
@Timeout(60)
final class HostileHandshakeTest {
    private static final PrivateKey KEY = PrivateKey.generate(KeyType.ED25519);

    @TempDir private Path folder;
    private Victim victim;

    @BeforeEach
    void start() throws Exception {
        victim = new Victim(folder);
    }

    @AfterEach
    void stop() {
        victim.close();
    }

    private static void send(RawConnection raw, Bytes message) {
        ByteBuffer frame = ByteBuffer.allocate(2 + message.length());
        raw.write(frame.putShort((short) message.length()).put(message.buffer()).flip());
    }

    private static Bytes receive(RawConnection raw) {
        int length = Frames.readExactly(raw, 2).buffer().getShort() & 0xffff;
        return Frames.readExactly(raw, length);
    }

    private interface Payload {
        Bytes of(Bytes staticKey);
    }

    /** Shakes hands over Noise with that payload; checks that the host lets go. */
    private void assertNoiseRefused(Payload payload) throws Exception {
        for (int i = 0; i < 10; i++) {
            RawConnection raw = victim.dialForNoise();
            var fixed = X25519.KeyPair.generate();
            var handshake = new NoiseHandshake(fixed, X25519.KeyPair.generate());
            send(raw, handshake.writeFirst(Bytes.empty()));
            handshake.readSecond(receive(raw));
            send(raw, handshake.writeThird(payload.of(fixed.publicKey())));
            Victim.attack(() -> assertThat(raw.read(ByteBuffer.allocate(1))).isEqualTo(-1));
            raw.close();
        }
        assertThat(victim.host().connections()).hasSize(1);
        victim.assertUnharmed();
    }

    @Test
    void noiseWithABadIdentitySignature() throws Exception {
        Bytes signature = NoisePayload.sign(KEY, Bytes.fromHex("09".repeat(32)));
        assertNoiseRefused(key -> new NoisePayload(KEY.publicKey(), signature, List.of()).encode());
    }

    @Test
    void noiseWithoutAnIdentity() throws Exception {
        assertNoiseRefused(key -> Bytes.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 9216, 15_000})
    void noiseWithAnRsaKeyOfForbiddenLength(int bits) throws Exception {
        var modulus = java.math.BigInteger.ONE.shiftLeft(bits).subtract(java.math.BigInteger.ONE);
        byte[] der =
                KeyFactory.getInstance("RSA")
                        .generatePublic(
                                new RSAPublicKeySpec(modulus, java.math.BigInteger.valueOf(65537)))
                        .getEncoded();
        Bytes publicKey = new ProtoWriter().uint64(1, 0).bytes(2, Bytes.of(der)).toBytes();
        assertNoiseRefused(key ->
                new ProtoWriter()
                        .bytes(1, publicKey)
                        .bytes(2, Bytes.wrap(new byte[bits / 8]))
                        .toBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b0b0b0b0c0c0c0c",
                "08ffffffffffffffffffff01",
                "0affffffffffffffff7f",
                "0a24080112200000",
                "ff"
            })
    void noiseWithAMalformedPayload(String hex) throws Exception {
        assertNoiseRefused(key -> Bytes.fromHex(hex));
    }

    @Test
    void noiseMessagesThatAreCutOrGarbage() throws Exception {
        for (String hex : List.of("0000", "0001ff", "0020" + "00".repeat(32), "ffff")) {
            RawConnection raw = victim.dialForNoise();
            raw.write(Bytes.fromHex(hex).buffer());
            raw.closeWrite();
            Victim.attack(() -> Frames.readExactly(raw, 1_000_000));
            raw.close();
        }
        victim.assertUnharmed();
    }

    private void assertTlsRefused(TlsCertificate certificate) throws Exception {
        for (int i = 0; i < 5; i++) {
            RawConnection raw = victim.dial();
            Multistream.propose(raw, List.of("/tls/1.0.0"));
            var context = new TlsContext(certificate, InstantSource.system());
            SSLEngine engine = context.engine(Role.INITIATOR, List.of("/yamux/1.0.0", "libp2p"));
            var records = new TlsRecords(raw, engine, new BufferPool(TlsRecords.BUFFER, 1));
            assertThatThrownBy(
                            () -> {
                                context.shakeHands(records, Optional.empty());
                                var remote =
                                        new RecordChannel.Remote(KEY.publicKey(), Optional.empty());
                                var channel = new TlsChannel(records, remote);
                                if (channel.read(ByteBuffer.allocate(1)) < 0) {
                                    throw new Libp2pException(
                                            Libp2pException.Code.CONNECTION_CLOSED, "thrown out");
                                }
                            })
                    .isInstanceOf(Libp2pException.class);
            raw.close();
        }
        assertThat(victim.host().connections()).hasSize(1);
        victim.assertUnharmed();
    }

    @Test
    void tlsWithAnExpiredCertificate() throws Exception {
        assertTlsRefused(
                TlsCertificate.generate(KEY, Instant.now().minus(Duration.ofDays(365L * 101))));
    }

    @Test
    void tlsWithACertificateOfTheFuture() throws Exception {
        assertTlsRefused(TlsCertificate.generate(KEY, Instant.now().plus(Duration.ofDays(2))));
    }

    @Test
    void tlsWithSomebodyElsesCertificate() throws Exception {
        TlsCertificate theirs = TlsCertificate.generate(KEY, Instant.now());
        TlsCertificate mine = TlsCertificate.generate(KEY, Instant.now());
        assertTlsRefused(new TlsCertificate(theirs.certificate(), mine.key()));
    }

    @Test
    void tlsWithoutAnIdentity() throws Exception {
        assertTlsRefused(new WickedCertificate().with());
    }

    @Test
    void tlsWithAnIdentityThatSignedAnotherKey() throws Exception {
        Bytes other = new WickedCertificate().keyInfo();
        assertTlsRefused(new WickedCertificate().with(WickedCertificate.identity(KEY, other)));
    }

    @Test
    void tlsWithAnIdentityThatIsNone() throws Exception {
        for (String hex : List.of("", "3000", "30060401ff0401ff", "ff")) {
            byte[] value = Bytes.fromHex(hex).toArray();
            assertTlsRefused(
                    new WickedCertificate()
                            .with(
                                    WickedCertificate.extension(
                                            "1.3.6.1.4.1.53594.1.1", true, value)));
        }
    }

    @Test
    void tlsWithACriticalExtensionThatNobodyKnows() throws Exception {
        var certificate = new WickedCertificate();
        assertTlsRefused(
                certificate.with(
                        WickedCertificate.identity(KEY, certificate.keyInfo()),
                        WickedCertificate.extension("1.3.6.1.4.1.53594.9.9", true, new byte[2])));
    }

    @Test
    void tlsWithTheIdentityTwice() throws Exception {
        for (X500Name name : List.of(WickedCertificate.NAMED, WickedCertificate.NAMELESS)) {
            var certificate = new WickedCertificate();
            Extension identity = WickedCertificate.identity(KEY, certificate.keyInfo());
            assertTlsRefused(certificate.of(name, identity, identity));
        }
    }

    @Test
    void tlsRecordsThatAreNone() throws Exception {
        for (String hex : List.of("1603010000", "16030140ff", "474554202f", "1703030001aa")) {
            RawConnection raw = victim.dial();
            Multistream.propose(raw, List.of("/tls/1.0.0"));
            raw.write(Bytes.fromHex(hex).buffer());
            raw.closeWrite();
            Victim.attack(() -> Frames.readExactly(raw, 1_000_000));
            raw.close();
        }
        victim.assertUnharmed();
    }
}

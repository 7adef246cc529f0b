package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;

final class ReleaseVerifierTest {
    private static final Envelope SEALED = Envelope.seal(Example.release(), Example.ALICE);
    private static final String TEXT = EnvelopeCodec.encode(SEALED).utf8();

    @Test
    void writesAnEnvelopeAsTheGoldenFile() {
        assertThat(TEXT).isEqualTo(Example.resource("release.dsse.json").strip());
    }

    @Test
    void believesWhatThePublisherSigned() {
        assertThat(ReleaseVerifier.verify(Bytes.utf8(TEXT)))
                .isEqualTo(new SignedRecord.OfRelease(SEALED, Example.release()));
    }

    @Test
    void believesAYankOfTheSamePublisher() {
        Envelope yank = Envelope.seal(Example.yank(), Example.ALICE);
        assertThat(ReleaseVerifier.yankOf(Example.release(), yank)).isEqualTo(Example.yank());
    }

    @Test
    void encodesAsTheSpecificationOfDsseDoes() {
        assertThat(
                        Envelope.preAuthenticationEncoding(
                                        "http://example.com/HelloWorld", Bytes.utf8("hello world"))
                                .utf8())
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void refusesAnAlteredPayload() {
        refused(withPayload(payload().replace("1.2.0", "1.2.1")), "signature");
    }

    @Test
    void refusesAnAlteredSignature() {
        byte[] signature = SEALED.signature().toArray();
        signature[5] ^= 1;
        refused(with(SEALED.signer(), Bytes.wrap(signature)), "signature");
    }

    @Test
    void refusesASignatureThatIsNotReduced() {
        byte[] signature = SEALED.signature().toArray();
        addOrder(signature);
        refused(with(SEALED.signer(), Bytes.wrap(signature)), "signature");
    }

    @Test
    void refusesAnotherKeysId() {
        refused(with(Example.BOB.did(), SEALED.signature()), "signature");
    }

    @Test
    void refusesARecordThatAnotherKeySigned() {
        refused(
                Envelope.seal(Envelope.RELEASE, SEALED.payload(), Example.BOB),
                "was signed by " + Example.BOB.did());
    }

    @Test
    void refusesAnUnknownPayloadType() {
        refused(
                Envelope.seal("application/json", SEALED.payload(), Example.ALICE),
                "not known here");
    }

    @Test
    void refusesAReleaseThatIsSignedAsAYank() {
        Envelope yank = Envelope.seal(Envelope.YANK, SEALED.payload(), Example.ALICE);
        assertThatThrownBy(() -> ReleaseVerifier.release(yank)).hasMessageContaining("yank");
        assertThatThrownBy(() -> ReleaseVerifier.yank(SEALED)).hasMessageContaining("release");
    }

    @Test
    void refusesASignedPayloadThatIsMalformed() {
        refused(
                Envelope.seal(Envelope.RELEASE, Bytes.utf8("{\"schema\":1}"), Example.ALICE),
                "publisher is missing");
    }

    @Test
    void refusesAYankOfAnotherPublisher() {
        Yank mine = Example.yank();
        var origin = new Origin(Example.BOB.did(), "0".repeat(16), 1, java.util.Optional.empty());
        var foreign = new Yank(origin, mine.id(), mine.version(), mine.publishedAt(), "");
        Envelope sealed = Envelope.seal(foreign, Example.BOB);
        assertThatThrownBy(() -> ReleaseVerifier.yankOf(Example.release(), sealed))
                .hasMessageContaining("not from its publisher");
    }

    @Test
    void refusesAYankOfAnotherVersion() {
        Yank mine = Example.yank();
        var other = new Yank(mine.origin(), mine.id(), Version.of(9, 9, 9), mine.publishedAt(), "");
        Envelope sealed = Envelope.seal(other, Example.ALICE);
        assertThatThrownBy(() -> ReleaseVerifier.yankOf(Example.release(), sealed))
                .hasMessageContaining("acme/ui@9.9.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"payloadType|{ \"payloadType",
                "\"}]}|'\"}]} '",
                "\"}]}|\"}],\"x\":1}",
                "\"}]}|\"},{\"keyid\":\"a\",\"sig\":\"b\"}]}",
                "[{\"keyid|[],\"s\":[{\"keyid",
                "payloadType\":\"application|payloadType\":\"\\u0061pplication",
                "release.v1+json|release.v2+json",
                "\"payload\":\"|\"payload\":\"=",
                "==\"}]}|\"}]}",
                "==\"}]}|=\"}]}",
                "did:key:z6Mk|did:key:u6Mk",
                "did:key:z6Mk|did:web:z6Mk",
                "\"keyid\":|\"kid\":",
                "\"sig\":\"|\"alg\":\"none\",\"sig\":\"",
            })
    void refusesEveryOtherEncoding(String what, String by) {
        assertThat(TEXT).contains(what);
        encodedRefused(Bytes.utf8(TEXT.replace(what, by)));
    }

    @Test
    void refusesUrlSafeBase64() {
        Envelope yank = Envelope.seal(Example.yank(), Example.ALICE);
        String sig = Base64.getEncoder().encodeToString(yank.signature().toArray());
        String urlSafe = sig.replace('+', '-').replace('/', '_');
        assertThat(urlSafe).isNotEqualTo(sig);
        encodedRefused(Bytes.utf8(EnvelopeCodec.encode(yank).utf8().replace(sig, urlSafe)));
    }

    @Test
    void refusesBase64WithBitsLeftOver() {
        int end = TEXT.length() - "==\"}]}".length();
        char last = TEXT.charAt(end - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char next = alphabet.charAt(alphabet.indexOf(last) + 1);
        encodedRefused(Bytes.utf8(TEXT.substring(0, end - 1) + next + TEXT.substring(end)));
    }

    @Test
    void refusesTheOrderOfAnotherEncoder() {
        int comma = TEXT.indexOf(",\"payload\"");
        int signatures = TEXT.indexOf(",\"signatures\"");
        encodedRefused(
                Bytes.utf8(
                        "{"
                                + TEXT.substring(comma + 1, signatures)
                                + ","
                                + TEXT.substring(1, comma)
                                + TEXT.substring(signatures)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "null", "{\"payloadType\":\"", "\u0000"})
    void refusesWhatIsNoEnvelope(String text) {
        encodedRefused(Bytes.utf8(text));
    }

    @Test
    void refusesAnEnvelopeOverTheLimit() {
        encodedRefused(Bytes.utf8(TEXT + " ".repeat(12 * 1024)));
        Bytes long8 = Bytes.utf8("x".repeat(Envelope.MAX_PAYLOAD + 1));
        encodedRefused(EnvelopeCodec.encode(Envelope.seal(Envelope.RELEASE, long8, Example.ALICE)));
    }

    @Test
    void refusesEveryPrefixOfAnEnvelope() {
        for (int length = 0; length < TEXT.length(); length++) {
            encodedRefused(Bytes.utf8(TEXT.substring(0, length)));
        }
    }

    private static void encodedRefused(Bytes encoded) {
        security(assertThatThrownBy(() -> ReleaseVerifier.verify(encoded)));
    }

    private static void refused(Envelope envelope, String reason) {
        security(assertThatThrownBy(() -> ReleaseVerifier.verify(envelope)))
                .hasMessageContaining(reason);
    }

    private static AbstractThrowableAssert<?, ?> security(AbstractThrowableAssert<?, ?> thrown) {
        return thrown.isInstanceOfSatisfying(
                MarketplaceException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY));
    }

    private static String payload() {
        return SEALED.payload().utf8();
    }

    private static Envelope withPayload(String payload) {
        return new Envelope(
                Envelope.RELEASE, Bytes.utf8(payload), SEALED.signer(), SEALED.signature());
    }

    private static Envelope with(Did signer, Bytes signature) {
        return new Envelope(Envelope.RELEASE, SEALED.payload(), signer, signature);
    }

    private static void addOrder(byte[] signature) {
        byte[] order =
                Bytes.fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
                        .toArray();
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (signature[32 + i] & 0xff) + (order[i] & 0xff);
            signature[32 + i] = (byte) carry;
            carry >>= 8;
        }
    }
}

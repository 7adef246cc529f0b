package io.ggen.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ggen.base.Bytes;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;

/** Encodings whose radix is no power of two, held against big numbers. */
final class MultibaseNumberTest {
    private static final String BASE58 =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    @Test
    void encodesTheExamplesOfTheSpecification() {
        assertThat(Multibase.BASE58BTC.encodeBare(Bytes.utf8("yes mani !")))
                .isEqualTo("7paNL19xttacUY");
        assertThat(
                        Multibase.BASE58BTC.encodeBare(
                                Bytes.fromHex("00").concat(Bytes.utf8("yes mani !"))))
                .isEqualTo("17paNL19xttacUY");
        assertThat(Multibase.BASE58BTC.encodeBare(Bytes.empty())).isEmpty();
        assertThat(Multibase.BASE58BTC.encodeBare(Bytes.fromHex("0000"))).isEqualTo("11");
    }

    @Test
    void anyBytesGoThereAndBack() {
        Gen<byte[]> bytes =
                random -> {
                    byte[] some = new byte[random.nextInt(0, 70)];
                    random.nextBytes(some);
                    for (int i = 0; i < some.length && random.nextInt(3) == 0; i++) {
                        some[i] = 0;
                    }
                    return some;
                };
        Property.forAll(
                bytes,
                1000,
                some -> {
                    String text = Multibase.BASE58BTC.encodeBare(Bytes.of(some));
                    assertThat(text).isEqualTo(reference(some));
                    assertThat(Multibase.BASE58BTC.decodeBare(text)).isEqualTo(Bytes.of(some));
                });
    }

    @Test
    void refusesOtherCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Multibase.BASE58BTC.decodeBare("abc0"));
    }

    private static String reference(byte[] bytes) {
        var text = new StringBuilder();
        BigInteger rest = new BigInteger(1, bytes);
        while (rest.signum() > 0) {
            text.append(BASE58.charAt(rest.mod(BigInteger.valueOf(58)).intValue()));
            rest = rest.divide(BigInteger.valueOf(58));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            text.append('1');
        }
        return text.reverse().toString();
    }
}

package io.ggen.marketplace.p2p.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

final class HostileMessageTest {
    private static final int LIMIT = 1 << 20;
    private static final View VIEW = View.of(Talk.samples(10_000, i -> true));

    @Test
    void boundsThatDoNotAscend() {
        refused("61" + "05" + "01ff" + "00" + "01" + "01fe" + "00", "bounds do not ascend");
    }

    @Test
    void rangesWithoutEnd() {
        refused("61" + "0100" + "00" + "010000".repeat(70_000), "more than 65536 ranges");
        refused("61" + "000000" + "000000", "a range follows the last one");
    }

    @Test
    void aListLongerThanItsMessage() {
        refused("61" + "0000" + "02" + "ffffffff7f", "reaches past the message");
        refused("61" + "0000" + "02" + "02" + "00".repeat(63), "reaches past the message");
    }

    @Test
    void aCountOfTenToThePowerOfThirty() {
        refused("61" + "0000" + "02" + "ff".repeat(14) + "7f", "a number over 63 bits");
        refused("61" + "0000" + "02" + "80".repeat(14) + "00", "a number is longer than 10 bytes");
    }

    @Test
    void timesThatOverflow() {
        refused(
                "61" + "ffffffffffffffff7f" + "0000" + "ffffffffffffffff7f" + "0000",
                "beyond 2^63");
    }

    @Test
    void aBoundWithMoreThanAnId() {
        refused("61" + "0121" + "00".repeat(33) + "00", "33 bytes of an id");
    }

    @Test
    void anotherVersionAnotherModeAndNothingAtAll() {
        refused("62", "version 1");
        refused("", "cut off");
        refused("61" + "0000" + "03", "unknown mode 3");
        refused("61" + "0000" + "01" + "00".repeat(15), "cut off");
    }

    @Test
    void askingForEverythingInFewBytesGetsOneFrame() {
        Bytes all = VIEW.answer(Bytes.fromHex("6100000200"), 4096);
        assertThat(all.length()).isLessThanOrEqualTo(4096);
    }

    @Test
    void anythingIsAnsweredBelowTheLimitOrRefused() {
        Property.forAll(
                Gen.bytes(200),
                2_000,
                bytes -> {
                    try {
                        Bytes message = Bytes.fromHex("61").concat(bytes);
                        assertThat(VIEW.answer(message, 4096).length()).isLessThanOrEqualTo(4096);
                    } catch (MalformedMessageException e) {
                        assertThat(e).hasMessageMatching(".+");
                    }
                });
    }

    private static void refused(String hex, String why) {
        assertThatThrownBy(() -> VIEW.answer(Bytes.fromHex(hex), LIMIT))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(why);
    }
}

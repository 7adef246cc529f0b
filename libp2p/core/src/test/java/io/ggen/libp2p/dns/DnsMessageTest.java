package io.ggen.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage.Question;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

final class DnsMessageTest {
    private static final String ANSWER = "000084000000000100000000";
    private static final DnsName NAME = DnsName.parse("a.example");

    private static DnsMessage example() {
        DnsName child = NAME.child("b.with dots and Ümlaut");
        return new DnsMessage(
                7,
                0x8400,
                List.of(new Question(NAME, DnsRecord.PTR, 0x8001)),
                List.of(
                        DnsRecord.pointer(NAME, child, 0xffffffffL),
                        new DnsRecord(
                                child,
                                DnsRecord.TXT,
                                1,
                                60,
                                DnsData.Texts.of(List.of("", "x".repeat(255))))),
                List.of(
                        new DnsRecord(
                                child, DnsRecord.SRV, 1, 60, new DnsData.Service(65_535, NAME))),
                List.of(
                        DnsRecord.address(NAME, Bytes.wrap(new byte[4]), 1),
                        DnsRecord.address(NAME, Bytes.wrap(new byte[16]), 1),
                        new DnsRecord(
                                new DnsName(List.of()),
                                DnsRecord.OPT,
                                1232,
                                0,
                                new DnsData.Other(Bytes.empty()))));
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(DnsMessage.decode(example().encode())).isEqualTo(example());
    }

    @Test
    void namesThatComeAgainAreWrittenOnce() {
        DnsRecord one = DnsRecord.address(NAME, Bytes.wrap(new byte[4]), 1);
        Bytes encoded =
                DnsMessage.of(0, List.of(), Collections.nCopies(10, one), List.of()).encode();
        assertThat(encoded.length()).isEqualTo(12 + 11 + 14 + 9 * 16);
        assertThat(DnsMessage.decode(encoded).answers()).hasSize(10);
    }

    @Test
    void namesAreBoundedAndCompareWithoutCase() {
        assertThat(DnsName.parse("A.eXample.")).isEqualTo(NAME);
        assertThat(DnsName.parse(("a".repeat(62) + ".").repeat(4))).isNotEqualTo(NAME);
        for (String bad :
                List.of("", "a..b", ".a", "a".repeat(64), "a.".repeat(127) + "b", "\u0416")) {
            assertThatThrownBy(() -> DnsName.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNameThatLeadsToItselfIsRefused() {
        refused(ANSWER + "c00c000c00010000007800020000", "a name leads nowhere");
        refused(ANSWER + "0161c00c000c00010000007800020000", "a name leads nowhere");
        refused(ANSWER + "c0ff000c00010000007800020000", "a name leads nowhere");
        refused(ANSWER + "4061000c00010000007800020000", "a name leads nowhere");
    }

    @Test
    void aLongChainOfNamesEndsAtTheLongestName() {
        var names = new StringBuilder();
        int before = -1;
        for (int i = 0; i < 5; i++) {
            int at = 12 + names.length() / 2;
            names.append("3f").append("61".repeat(63));
            names.append(before < 0 ? "00" : "c0%02x".formatted(before)).append("00010001");
            before = at;
        }
        refused("000000000005000000000000" + names, "a name is too long");
    }

    @Test
    void lengthsPastTheEndAreRefused() {
        refused("", "cut off");
        refused("0000840000010000000000", "cut off");
        refused("000084000001000000000000", "cut off");
        refused(ANSWER + "016100" + "00100001000000780005" + "046161", "cut off");
        refused(ANSWER + "016100" + "00100001000000780003" + "0461616100", "cut off");
        refused(ANSWER + "016100" + "000c0001000000780001" + "0162", "cut off");
        refused(ANSWER + "016100" + "000c0001000000780001" + "016200", "not as long as it says");
        refused(ANSWER + "016100" + "00210001000000780002" + "00000000", "without a host");
    }

    @Test
    void aHundredThousandRecordsAreRefusedAtTheFirstThatIsMissing() {
        refused("00008400ffffffffffffffff", "cut off");
        var many = new StringBuilder("000000000800000000000000");
        many.append("0000010001".repeat(2048));
        refused(many.toString(), "more than 1024 records");
    }

    @Test
    void bytesAfterTheLastRecordAreRefused() {
        assertThatThrownBy(
                        () -> DnsMessage.decode(example().encode().concat(Bytes.wrap(new byte[1]))))
                .hasMessageContaining("goes on");
    }

    @Test
    void anEndAtAnyByteIsRefused() {
        Bytes whole = example().encode();
        for (int end = 0; end < whole.length(); end++) {
            Bytes part = whole.slice(0, end);
            assertThatThrownBy(() -> DnsMessage.decode(part))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void refused(String hex, String reason) {
        assertThatThrownBy(() -> DnsMessage.decode(Bytes.fromHex(hex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}

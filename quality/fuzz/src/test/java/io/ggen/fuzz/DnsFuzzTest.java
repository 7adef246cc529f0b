package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsAnswers;

class DnsFuzzTest {
    /** The header of an answer to the question, which a fuzzer would be long to find. */
    private static final Bytes HEADER = Bytes.fromHex("126780000001000200000000");

    private static final Bytes QUESTION =
            DnsAnswers.question().slice(12, DnsAnswers.question().length() - 11);

    @FuzzTest
    void answersAreReadOrRefused(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> DnsAnswers.read(bytes));
        Verdict.of(() -> DnsAnswers.read(HEADER.concat(QUESTION).concat(bytes)));
    }
}

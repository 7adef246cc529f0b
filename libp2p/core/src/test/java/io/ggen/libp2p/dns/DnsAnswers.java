package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

/** The decoder of DNS answers, for fuzzers. */
public final class DnsAnswers {
    private static final TextQuestion QUESTION =
            new TextQuestion(4711, DnsName.parse("_dnsaddr.example.org"));

    private DnsAnswers() {}

    /** Reads the answer to question 4711 for {@code _dnsaddr.example.org}. */
    public static Object read(Bytes message) {
        return QUESTION.answer(message);
    }

    /** Returns that question. */
    public static Bytes question() {
        return QUESTION.encode();
    }
}

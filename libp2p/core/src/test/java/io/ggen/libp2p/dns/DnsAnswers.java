package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

/** The decoder of DNS answers, for fuzzers. */
public final class DnsAnswers {
    private DnsAnswers() {}

    /** Reads the answer to question 4711 for {@code _dnsaddr.example.org}. */
    public static Object read(Bytes message) {
        return DnsMessage.answer(message, 4711, "_dnsaddr.example.org");
    }

    /** Returns that question. */
    public static Bytes question() {
        return DnsMessage.question(4711, "_dnsaddr.example.org");
    }
}

package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage.Question;

import java.util.List;

/**
 * A question for the TXT records of a name.
 *
 * @param id what the answer must have too
 */
record TextQuestion(int id, DnsName name) {
    /** The longest answer by UDP that is asked for: what passes every network unfragmented. */
    static final int UDP_SIZE = 1232;

    private static final int MAX_ALIASES = 8;
    private static final int CODE = 0xf;
    private static final int NO_SUCH_NAME = 3;

    /** What a server said. */
    sealed interface Answer {
        /**
         * The records; none when the name has none or does not exist.
         *
         * @param ttl for how many seconds this holds; 0 where nothing was found
         */
        record Texts(List<String> texts, long ttl) implements Answer {}

        /** There is more than fits: ask by TCP. */
        record Truncated() implements Answer {}

        /** The server could not or would not answer; {@code code} is DNS's own. */
        record Refused(int code) implements Answer {}
    }

    private Question question() {
        return new Question(name, DnsRecord.TXT, DnsRecord.INTERNET);
    }

    /** Returns what is sent, asking for larger answers. */
    Bytes encode() {
        var large =
                new DnsRecord(
                        new DnsName(List.of()),
                        DnsRecord.OPT,
                        UDP_SIZE,
                        0,
                        new DnsData.Other(Bytes.empty()));
        return new DnsMessage(
                        id,
                        DnsMessage.RECURSION_DESIRED,
                        List.of(question()),
                        List.of(),
                        List.of(),
                        List.of(large))
                .encode();
    }

    /**
     * Reads the answer.
     *
     * @throws IllegalArgumentException when it is malformed or answers something else
     */
    Answer answer(Bytes message) {
        var reader = new DnsReader(message);
        DnsReader.Header header = reader.header();
        if (header.id() != id
                || (header.flags() & DnsMessage.RESPONSE) == 0
                || header.questions() != 1
                || !reader.questions(1).equals(List.of(question()))) {
            throw new IllegalArgumentException("not the answer to this question");
        }
        int code = header.flags() & CODE;
        if (code != 0 && code != NO_SUCH_NAME) {
            return new Answer.Refused(code);
        }
        if ((header.flags() & DnsMessage.TRUNCATED) != 0) {
            return new Answer.Truncated();
        }
        return texts(reader.records(header.answers()));
    }

    /** The records of the name itself, or of what it is an alias for within this answer. */
    private Answer texts(List<DnsRecord> records) {
        DnsName owner = name;
        for (int i = 0; i < MAX_ALIASES; i++) {
            owner = alias(records, owner);
        }
        DnsName last = owner;
        List<DnsRecord> found =
                records.stream()
                        .filter(record -> record.owner().equals(last))
                        .filter(record -> record.data() instanceof DnsData.Texts)
                        .toList();
        return new Answer.Texts(
                found.stream().map(record -> ((DnsData.Texts) record.data()).joined()).toList(),
                found.isEmpty()
                        ? 0
                        : records.stream().mapToLong(DnsRecord::ttl).min().orElseThrow());
    }

    private static DnsName alias(List<DnsRecord> records, DnsName name) {
        for (DnsRecord record : records) {
            if (record.type() == DnsRecord.CNAME
                    && record.owner().equals(name)
                    && record.data() instanceof DnsData.Name(DnsName target)) {
                return target;
            }
        }
        return name;
    }
}

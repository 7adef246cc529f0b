package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

import java.util.List;
import java.util.stream.Stream;

/**
 * A message of the domain name system, unicast or multicast. Immutable.
 *
 * @param id says which question an answer belongs to; 0 in multicast
 * @param flags the second 16 bits as they are sent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, section 4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-18">RFC 6762, section 18</a>
 */
public record DnsMessage(
        int id,
        int flags,
        List<Question> questions,
        List<DnsRecord> answers,
        List<DnsRecord> authorities,
        List<DnsRecord> additionals) {
    /** The flag of an answer. */
    public static final int RESPONSE = 0x8000;

    /** The flag of an answer by who owns the names. */
    public static final int AUTHORITATIVE = 0x0400;

    /** The flag of a message that was cut off. */
    public static final int TRUNCATED = 0x0200;

    /** The flag that asks a server to ask others. */
    public static final int RECURSION_DESIRED = 0x0100;

    /** The most questions and records that are read in one message. */
    public static final int MAX_RECORDS = 1024;

    private static final int OPERATION = 0x7800;

    /** Copies the lists. */
    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
    }

    /**
     * What is asked for.
     *
     * @param type of the records, {@link DnsRecord#ANY} for all
     * @param group their class; in multicast DNS the top bit asks for an answer by unicast
     */
    public record Question(DnsName name, int type, int group) {}

    /** Returns a message without authorities. */
    public static DnsMessage of(
            int flags,
            List<Question> questions,
            List<DnsRecord> answers,
            List<DnsRecord> additionals) {
        return new DnsMessage(0, flags, questions, answers, List.of(), additionals);
    }

    /**
     * Reads a message that fills {@code bytes} exactly.
     *
     * @throws IllegalArgumentException when it is malformed or has too many records
     */
    public static DnsMessage decode(Bytes bytes) {
        var reader = new DnsReader(bytes);
        DnsReader.Header header = reader.header();
        List<Question> questions = reader.questions(header.questions());
        var message =
                new DnsMessage(
                        header.id(),
                        header.flags(),
                        questions,
                        reader.records(header.answers()),
                        reader.records(header.authorities()),
                        reader.records(header.additionals()));
        reader.end();
        return message;
    }

    /**
     * Returns the bytes of this message, with names that come again written once.
     *
     * @throws IllegalArgumentException when it is longer than 65,535 bytes
     */
    public Bytes encode() {
        return new DnsWriter().write(this);
    }

    /** Returns whether this answers. */
    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    /** Returns whether this is a question or an answer and no other kind of message. */
    public boolean isQuery() {
        return (flags & OPERATION) == 0;
    }

    /** Returns the records of all sections, in order. */
    public Stream<DnsRecord> records() {
        return Stream.of(answers, authorities, additionals).flatMap(List::stream);
    }
}

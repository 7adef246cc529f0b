package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage.Question;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a message from its beginning to its end. What it makes is bounded by the bytes that are
 * there, never by what they declare. Throws IllegalArgumentException for what is malformed. Not
 * thread-safe.
 */
final class DnsReader {
    private static final int HEADER = 12;

    private final ByteBuffer in;
    private int left = DnsMessage.MAX_RECORDS;

    DnsReader(Bytes message) {
        this.in = message.buffer();
    }

    /** The first twelve bytes. */
    record Header(
            int id, int flags, int questions, int answers, int authorities, int additionals) {}

    Header header() {
        require(HEADER);
        return new Header(number(), number(), number(), number(), number(), number());
    }

    List<Question> questions(int count) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spend();
            DnsName name = name();
            require(4);
            questions.add(new Question(name, number(), number()));
        }
        return questions;
    }

    List<DnsRecord> records(int count) {
        List<DnsRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spend();
            records.add(record());
        }
        return records;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("the message goes on after its last record");
        }
    }

    private void spend() {
        left--;
        if (left < 0) {
            throw new IllegalArgumentException(
                    "a message with more than " + DnsMessage.MAX_RECORDS + " records");
        }
    }

    private DnsRecord record() {
        DnsName owner = name();
        require(10);
        int type = number();
        int group = number();
        long ttl = in.getInt() & 0xffffffffL;
        int length = number();
        require(length);
        int end = in.position() + length;
        DnsData data = data(type, length);
        if (in.position() != end) {
            throw new IllegalArgumentException("a record is not as long as it says");
        }
        return new DnsRecord(owner, type, group, ttl, data);
    }

    private DnsData data(int type, int length) {
        return switch (type) {
            case DnsRecord.PTR, DnsRecord.CNAME -> new DnsData.Name(name());
            case DnsRecord.TXT -> new DnsData.Texts(strings(in.position() + length));
            case DnsRecord.SRV -> service(length);
            default -> new DnsData.Other(bytes(length));
        };
    }

    private DnsData service(int length) {
        if (length < 7) {
            throw new IllegalArgumentException("a service without a host");
        }
        in.position(in.position() + 4);
        return new DnsData.Service(number(), name());
    }

    private List<Bytes> strings(int end) {
        List<Bytes> strings = new ArrayList<>();
        while (in.position() < end) {
            int length = in.get() & 0xff;
            if (length > end - in.position()) {
                throw cutOff();
            }
            strings.add(bytes(length));
        }
        return strings;
    }

    /**
     * A part of a name may be elsewhere, but only before where the part that leads there began: so
     * it ends.
     */
    private DnsName name() {
        List<String> labels = new ArrayList<>();
        ByteBuffer at = in;
        int before = in.position();
        int length = 0;
        while (true) {
            int size = octet(at);
            if (size == 0) {
                return new DnsName(labels);
            }
            if (size > DnsName.MAX_LABEL) {
                before = target(size, octet(at), before);
                at = in.duplicate().position(before);
            } else {
                length += size + 1;
                if (length > DnsName.MAX_LENGTH + 1) {
                    throw new IllegalArgumentException("a name is too long");
                }
                labels.add(label(at, size));
            }
        }
    }

    private static int target(int high, int low, int before) {
        int target = ((high & 0x3f) << 8) | low;
        if ((high & 0xc0) != 0xc0 || target >= before) {
            throw new IllegalArgumentException("a name leads nowhere");
        }
        return target;
    }

    private static int octet(ByteBuffer at) {
        if (!at.hasRemaining()) {
            throw cutOff();
        }
        return at.get() & 0xff;
    }

    private static String label(ByteBuffer at, int size) {
        if (at.remaining() < size) {
            throw cutOff();
        }
        byte[] label = new byte[size];
        at.get(label);
        return new String(label, StandardCharsets.ISO_8859_1);
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Bytes.wrap(bytes);
    }

    private int number() {
        return in.getShort() & 0xffff;
    }

    private void require(int length) {
        if (in.remaining() < length) {
            throw cutOff();
        }
    }

    private static IllegalArgumentException cutOff() {
        return new IllegalArgumentException("the message is cut off");
    }
}

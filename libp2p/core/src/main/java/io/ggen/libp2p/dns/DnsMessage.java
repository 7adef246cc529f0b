package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A question for TXT records and its answer. Pure.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4">RFC 1035, section 4</a>
 */
final class DnsMessage {
    /** The longest answer by UDP that is asked for: what passes every network unfragmented. */
    static final int UDP_SIZE = 1232;

    private static final int HEADER = 12;
    private static final int TXT = 16;
    private static final int CNAME = 5;
    private static final int OPT = 41;
    private static final int INTERNET = 1;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_ALIASES = 8;
    private static final int NO_SUCH_NAME = 3;

    private DnsMessage() {}

    /** What a server said. */
    sealed interface Answer {
        /** The records; none when the name has none or does not exist. */
        record Texts(List<String> texts) implements Answer {}

        /** There is more than fits: ask by TCP. */
        record Truncated() implements Answer {}

        /** The server could not or would not answer; {@code code} is DNS's own. */
        record Refused(int code) implements Answer {}
    }

    private record Resource(String name, int type, int from, int length) {}

    /** Returns the question for the TXT records of {@code name}, asking for larger answers. */
    static Bytes question(int id, String name) {
        byte[] encoded = encode(name);
        ByteBuffer out = ByteBuffer.allocate(HEADER + encoded.length + 4 + 11);
        out.putShort((short) id).putShort((short) RECURSION_DESIRED);
        out.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 1);
        out.put(encoded).putShort((short) TXT).putShort((short) INTERNET);
        out.put((byte) 0).putShort((short) OPT).putShort((short) UDP_SIZE).putInt(0);
        out.putShort((short) 0);
        return Bytes.wrap(out.array());
    }

    private static byte[] encode(String name) {
        var out = new ByteArrayOutputStream(name.length() + 2);
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name has at most 253 characters");
        }
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            if (text.length == 0 || text.length > MAX_LABEL) {
                throw new IllegalArgumentException("not a name: " + name);
            }
            out.write(text.length);
            out.writeBytes(text);
        }
        out.write(0);
        return out.toByteArray();
    }

    /**
     * Reads the answer to {@link #question}.
     *
     * @throws IllegalArgumentException when it is malformed or answers something else
     */
    static Answer answer(Bytes message, int id, String name) {
        ByteBuffer in = message.buffer();
        if (in.remaining() < HEADER || (in.getShort() & 0xffff) != id) {
            throw new IllegalArgumentException("not the answer to this question");
        }
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort() & 0xffff;
        int answers = in.getShort() & 0xffff;
        in.position(HEADER);
        if ((flags & RESPONSE) == 0 || questions != 1 || !isQuestion(in, name)) {
            throw new IllegalArgumentException("not the answer to this question");
        }
        int code = flags & 0xf;
        if (code != 0 && code != NO_SUCH_NAME) {
            return new Answer.Refused(code);
        }
        if ((flags & TRUNCATED) != 0) {
            return new Answer.Truncated();
        }
        return new Answer.Texts(texts(in, resources(in, answers), name));
    }

    private static boolean isQuestion(ByteBuffer in, String name) {
        boolean same = readName(in).equals(name.toLowerCase(Locale.ROOT));
        require(in, 4);
        return same && in.getShort() == TXT && in.getShort() == INTERNET;
    }

    private static List<Resource> resources(ByteBuffer in, int count) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String owner = readName(in);
            require(in, 10);
            int type = in.getShort() & 0xffff;
            in.position(in.position() + 6);
            int length = in.getShort() & 0xffff;
            require(in, length);
            resources.add(new Resource(owner, type, in.position(), length));
            in.position(in.position() + length);
        }
        return resources;
    }

    /** The records of the name itself, or of what it is an alias for within this answer. */
    private static List<String> texts(ByteBuffer in, List<Resource> resources, String name) {
        String owner = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < MAX_ALIASES; i++) {
            String current = owner;
            owner =
                    resources.stream()
                            .filter(r -> r.type() == CNAME && r.name().equals(current))
                            .findFirst()
                            .map(r -> readName(in.duplicate().position(r.from())))
                            .orElse(current);
        }
        String last = owner;
        return resources.stream()
                .filter(r -> r.type() == TXT && r.name().equals(last))
                .map(r -> text(in.slice(r.from(), r.length())))
                .toList();
    }

    /** One record is several strings of at most 255 bytes that belong together. */
    private static String text(ByteBuffer in) {
        var out = new ByteArrayOutputStream(in.remaining());
        while (in.hasRemaining()) {
            byte[] piece = new byte[in.get() & 0xff];
            require(in, piece.length);
            in.get(piece);
            out.writeBytes(piece);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Reads a name in lower case. A part of it may be elsewhere, but only before where this one
     * began: so it ends.
     */
    private static String readName(ByteBuffer in) {
        var name = new StringBuilder();
        ByteBuffer at = in;
        int before = in.position();
        while (true) {
            require(at, 1);
            int length = at.get() & 0xff;
            if (length == 0) {
                return name.toString();
            }
            if (length > MAX_LABEL) {
                require(at, 1);
                int target = ((length & 0x3f) << 8) | (at.get() & 0xff);
                if ((length & 0xc0) != 0xc0 || target >= before) {
                    throw new IllegalArgumentException("a name points nowhere");
                }
                before = target;
                at = in.duplicate().position(target);
            } else {
                append(name, at, length);
            }
        }
    }

    private static void append(StringBuilder name, ByteBuffer at, int length) {
        require(at, length);
        byte[] label = new byte[length];
        at.get(label);
        name.append(name.isEmpty() ? "" : ".")
                .append(new String(label, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name is too long");
        }
    }

    private static void require(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            throw new IllegalArgumentException("the answer is cut off");
        }
    }
}

package io.ggen.libp2p.multistream;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.Frames;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Predicate;

/**
 * multistream-select 1.0 over any pipe. A token is its length as a varint, the text, and a newline
 * that counts. Stateless; blocking; a deadline is kept by closing the pipe.
 */
public final class Multistream {
    /**
     * The longest token that is sent, in bytes with its newline: what the strictest implementations
     * take.
     */
    public static final int MAX_SENT = 1024;

    private static final String HEADER = "/multistream/1.0.0";
    private static final String REFUSED = "na";
    private static final int MAX_ACCEPTED = 16_383;
    private static final int MAX_ATTEMPTS = 64;

    private Multistream() {}

    /**
     * Proposes each of {@code protocols} in turn until the other side takes one. Header and first
     * proposal go out together.
     *
     * @return the one that was taken
     * @throws Libp2pException UNSUPPORTED_PROTOCOL when it takes none, PROTOCOL_VIOLATION when it
     *     answers anything else
     */
    public static String propose(Duplex pipe, List<String> protocols) {
        send(pipe, HEADER, protocols.getFirst());
        expectHeader(pipe);
        for (int i = 0; i < protocols.size(); i++) {
            if (i > 0) {
                send(pipe, protocols.get(i));
            }
            String answer = receive(pipe);
            if (answer.equals(protocols.get(i))) {
                return answer;
            }
            if (!answer.equals(REFUSED)) {
                throw new Libp2pException(
                        Code.PROTOCOL_VIOLATION,
                        "proposed " + protocols.get(i) + ", was answered " + printable(answer));
            }
        }
        throw new Libp2pException(
                Code.UNSUPPORTED_PROTOCOL,
                "the other side speaks none of " + String.join(", ", protocols));
    }

    /**
     * Returns header and proposal of the one {@code protocol}, to be sent with the protocol's own
     * first bytes; {@link #confirm} reads the answer before the first byte of the protocol's own is
     * read. Sound where nothing was negotiated inside of another negotiation, as on streams.
     */
    public static Bytes proposal(String protocol) {
        return tokens(HEADER, protocol);
    }

    /** Reads the answer to {@link #proposal}; throws as {@link #propose}. */
    public static void confirm(Duplex pipe, String protocol) {
        expectHeader(pipe);
        String answer = receive(pipe);
        if (answer.equals(REFUSED)) {
            throw new Libp2pException(
                    Code.UNSUPPORTED_PROTOCOL, "the other side does not speak " + protocol);
        }
        if (!answer.equals(protocol)) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION,
                    "proposed " + protocol + ", was answered " + printable(answer));
        }
    }

    /**
     * Answers proposals until one is {@code supported}, or after 64 of them ends it. The header
     * goes out with the first answer where the proposal came along with the other side's header.
     *
     * @return the protocol that both sides speak
     */
    public static String answer(Duplex pipe, Predicate<String> supported) {
        expectHeader(pipe);
        boolean greeted = !pipe.hasInput();
        if (greeted) {
            reply(pipe, HEADER);
        }
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            String proposal = receive(pipe);
            boolean speaks = supported.test(proposal);
            String answer = speaks ? proposal : REFUSED;
            if (greeted) {
                reply(pipe, answer);
            } else {
                reply(pipe, HEADER, answer);
                greeted = true;
            }
            if (speaks) {
                return proposal;
            }
        }
        throw new Libp2pException(
                Code.UNSUPPORTED_PROTOCOL,
                "no common protocol after " + MAX_ATTEMPTS + " proposals");
    }

    /** A lazy initiator may have written all it has and gone: what it wrote can still be read. */
    private static void reply(Duplex pipe, String... tokens) {
        try {
            send(pipe, tokens);
        } catch (Libp2pException e) {
            System.getLogger(Multistream.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            () ->
                                    "the other side does not wait for the answer "
                                            + tokens[tokens.length - 1],
                            e);
        }
    }

    private static void expectHeader(Duplex pipe) {
        String header = receive(pipe, HEADER.length() + 1);
        if (!header.equals(HEADER)) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION, "expected " + HEADER + ", got " + printable(header));
        }
    }

    private static void send(Duplex pipe, String... tokens) {
        pipe.write(tokens(tokens).buffer());
        pipe.flush();
    }

    private static Bytes tokens(String... tokens) {
        var out = new ByteArrayOutputStream(128);
        for (String token : tokens) {
            byte[] text = Bytes.utf8(token + "\n").toArray();
            if (text.length > MAX_SENT) {
                throw new IllegalArgumentException(
                        "a protocol id has at most " + (MAX_SENT - 1) + " bytes");
            }
            Varint.write(text.length, out);
            out.writeBytes(text);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static String receive(Duplex pipe) {
        return receive(pipe, MAX_ACCEPTED);
    }

    private static String receive(Duplex pipe, int most) {
        Bytes token =
                Frames.read(pipe, most)
                        .orElseThrow(() ->
                                new Libp2pException(
                                        Code.CONNECTION_CLOSED,
                                        "the other side ended the negotiation"));
        int last = token.length() - 1;
        if (last < 0 || token.get(last) != '\n') {
            throw new Libp2pException(Code.PROTOCOL_VIOLATION, "a token ends with a newline");
        }
        return token.slice(0, last).utf8();
    }

    private static String printable(String text) {
        String shown = text.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() <= 60 ? shown : shown.substring(0, 60) + "…";
    }
}

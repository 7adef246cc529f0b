package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * Asks DNS servers for TXT records: by UDP from a port and with an id that cannot be guessed, by
 * TCP where the answer does not fit. Each server gets two chances. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035">RFC 1035</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7766">RFC 7766, DNS over TCP</a>
 */
public final class DnsClient {
    private static final int ROUNDS = 2;
    private static final long MAX_WAIT = 2_000_000_000;
    private static final long SHORTEST = 2_000_000;

    private final List<InetSocketAddress> servers;
    private final SecureRandom random = new SecureRandom();

    /** Asks {@code servers} in this order. */
    public DnsClient(List<InetSocketAddress> servers) {
        this.servers = List.copyOf(servers);
    }

    /**
     * Returns the TXT records of {@code name}; none when it has none or does not exist.
     *
     * @throws Libp2pException DIAL_FAILED that says what each server did, TIMEOUT
     */
    public List<String> texts(String name, Duration limit) {
        return look(name, limit).texts();
    }

    /** Returns the TXT records of {@code name} with for how long they hold. */
    TextQuestion.Answer.Texts look(String name, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        String failure = "no DNS server is known";
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                long left = end - System.nanoTime();
                if (left < SHORTEST) {
                    throw new Libp2pException(
                            Code.TIMEOUT, "the TXT records of " + name + ": " + failure);
                }
                try {
                    switch (ask(server, name, Math.min(left, MAX_WAIT))) {
                        case TextQuestion.Answer.Texts found -> {
                            return found;
                        }
                        case TextQuestion.Answer.Refused refused ->
                                failure = server + " answers with error " + refused.code();
                        case TextQuestion.Answer.Truncated cut ->
                                failure = server + " cuts its answer off even over TCP";
                    }
                } catch (IOException | IllegalArgumentException e) {
                    failure = server + ": " + e.getMessage();
                }
            }
        }
        throw new Libp2pException(
                end - System.nanoTime() < SHORTEST ? Code.TIMEOUT : Code.DIAL_FAILED,
                "cannot look up the TXT records of " + name + ": " + failure);
    }

    private TextQuestion.Answer ask(InetSocketAddress server, String name, long nanos)
            throws IOException {
        var question = new TextQuestion(random.nextInt(1 << 16), DnsName.parse(name));
        long end = System.nanoTime() + nanos;
        TextQuestion.Answer answer = byUdp(server, question, end);
        return answer instanceof TextQuestion.Answer.Truncated
                ? byTcp(server, question, end)
                : answer;
    }

    /** What is not the answer is passed over: it may be a guess of somebody else. */
    private static TextQuestion.Answer byUdp(
            InetSocketAddress server, TextQuestion question, long end) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(server);
            byte[] sent = question.encode().toArray();
            socket.send(new DatagramPacket(sent, sent.length));
            var packet = new DatagramPacket(new byte[TextQuestion.UDP_SIZE], TextQuestion.UDP_SIZE);
            while (true) {
                socket.setSoTimeout(millisLeft(end));
                socket.receive(packet);
                try {
                    return question.answer(Bytes.of(packet.getData()).slice(0, packet.getLength()));
                } catch (IllegalArgumentException e) {
                    System.getLogger(DnsClient.class.getName())
                            .log(System.Logger.Level.DEBUG, "an answer to another question", e);
                }
            }
        }
    }

    private static TextQuestion.Answer byTcp(
            InetSocketAddress server, TextQuestion question, long end) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.socket().connect(server, millisLeft(end));
            channel.socket().setSoTimeout(millisLeft(end));
            var out = channel.socket().getOutputStream();
            Bytes sent = question.encode();
            out.write(
                    ByteBuffer.allocate(2 + sent.length())
                            .putShort((short) sent.length())
                            .put(sent.buffer())
                            .array());
            var in = channel.socket().getInputStream();
            byte[] length = in.readNBytes(2);
            int size = length.length < 2 ? 0 : ByteBuffer.wrap(length).getShort() & 0xffff;
            return question.answer(Bytes.wrap(in.readNBytes(size)));
        }
    }

    private static int millisLeft(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) millis;
    }
}

package io.ggen.libp2p.dns;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A DNS server on a loopback port that answers TXT questions by UDP and TCP as it is told, well or
 * badly.
 */
public final class FakeDnsServer implements AutoCloseable {
    private static final int UDP_LIMIT = 1232;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Manner manner = Manner.HONEST;

    /** How it answers. */
    public enum Manner {
        /** As it should. */
        HONEST,
        /** Not at all. */
        SILENT,
        /** With the error SERVFAIL. */
        FAILING,
        /** First with answers to other questions, then with the right one. */
        SPOOFED,
        /** With bytes that are no message. */
        GARBAGE
    }

    private FakeDnsServer(ServerSocket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
    }

    /** Starts to answer; ends with {@link #close}. */
    public static FakeDnsServer start() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                var tcp = new ServerSocket(0, 10, loopback);
                try {
                    var udp = new DatagramSocket(tcp.getLocalPort(), loopback);
                    var server = new FakeDnsServer(tcp, udp);
                    Thread.ofVirtual().start(server::serveUdp);
                    Thread.ofVirtual().start(server::serveTcp);
                    return server;
                } catch (IOException e) {
                    tcp.close();
                }
            } catch (IOException e) {
                throw new Libp2pException(Code.IO, "no loopback", e);
            }
        }
        throw new Libp2pException(Code.IO, "no port that is free for both UDP and TCP");
    }

    /** Returns where it answers. */
    public InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    /** Gives {@code name} these TXT records. */
    public void texts(String name, String... records) {
        texts.put(name, List.of(records));
    }

    /** Lets {@code name} be another name of {@code target}. */
    public void alias(String name, String target) {
        aliases.put(name, target);
    }

    /** Lets later answers be so. */
    public void manner(Manner next) {
        manner = next;
    }

    /** Returns how many questions were asked so far. */
    public int questions() {
        return questions.get();
    }

    private void serveUdp() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        try {
            while (!udp.isClosed()) {
                udp.receive(packet);
                questions.incrementAndGet();
                byte[] question = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                for (byte[] answer : answers(question, UDP_LIMIT)) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            udp.close();
        }
    }

    private void serveTcp() {
        try {
            while (!tcp.isClosed()) {
                try (Socket socket = tcp.accept()) {
                    byte[] length = socket.getInputStream().readNBytes(2);
                    byte[] question =
                            socket.getInputStream()
                                    .readNBytes(ByteBuffer.wrap(length).getShort() & 0xffff);
                    for (byte[] answer : answers(question, 65_535)) {
                        socket.getOutputStream()
                                .write(
                                        new byte[] {
                                            (byte) (answer.length >> 8), (byte) answer.length
                                        });
                        socket.getOutputStream().write(answer);
                    }
                }
            }
        } catch (IOException e) {
            udp.close();
        }
    }

    private List<byte[]> answers(byte[] question, int limit) {
        return switch (manner) {
            case HONEST -> List.of(answer(question, limit));
            case SILENT -> List.of();
            case FAILING -> List.of(header(question, 0x8002, 0).toByteArray());
            case SPOOFED -> {
                byte[] right = answer(question, limit);
                byte[] otherId = right.clone();
                otherId[0] ^= 1;
                byte[] otherName = right.clone();
                otherName[14] ^= 1;
                yield List.of(otherId, otherName, new byte[3], right);
            }
            case GARBAGE -> List.of(new byte[] {1, 2, 3});
        };
    }

    private byte[] answer(byte[] question, int limit) {
        String name = name(question);
        String target = aliases.getOrDefault(name, name);
        List<String> records = texts.getOrDefault(target, List.of());
        int count = records.size() + (target.equals(name) ? 0 : 1);
        ByteArrayOutputStream out = header(question, records.isEmpty() ? 0x8003 : 0x8000, count);
        int owner = 12;
        if (!target.equals(name)) {
            byte[] encoded = encode(target);
            resource(out, owner, 5, encoded);
            owner = out.size() - encoded.length;
        }
        for (String text : records) {
            resource(out, owner, 16, strings(text));
        }
        return out.size() <= limit ? out.toByteArray() : header(question, 0x8200, 0).toByteArray();
    }

    private static String name(byte[] question) {
        var name = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
            at += question[at] + 1;
        }
        return name.toString();
    }

    private static byte[] encode(String name) {
        var out = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        return out.toByteArray();
    }

    /** The header, and the question as it came. */
    private static ByteArrayOutputStream header(byte[] question, int flags, int answers) {
        var out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        number(out, flags);
        number(out, 1);
        number(out, answers);
        number(out, 0);
        number(out, 0);
        out.write(question, 12, encode(name(question)).length + 4);
        return out;
    }

    private static void resource(ByteArrayOutputStream out, int owner, int type, byte[] data) {
        number(out, 0xc000 | owner);
        number(out, type);
        number(out, 1);
        number(out, 0);
        number(out, 60);
        number(out, data.length);
        out.writeBytes(data);
    }

    private static byte[] strings(String text) {
        var out = new ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += 255) {
            int count = Math.min(255, bytes.length - at);
            out.write(count);
            out.write(bytes, at, count);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new Libp2pException(Code.IO, "closing the fake DNS server", e);
        }
    }
}

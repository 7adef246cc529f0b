package io.ggen.interop;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.protocol.Perf;
import io.ggen.multiformats.Multiaddr;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One measurement against the peer at an address. */
final class Measurement {
    private final PeerOptions options;
    private final Host host;
    private final Multiaddr address;

    private Measurement(PeerOptions options, Host host) {
        this.options = options;
        this.host = host;
        this.address = Multiaddr.parse(options.address());
    }

    /** Measures what {@code options} ask for; returns the fields of the line to print. */
    static Map<String, Object> run(PeerOptions options) throws InterruptedException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", "measure");
        fields.put("impl", "java");
        fields.put("mode", options.mode());
        fields.put("sec", options.security());
        try (Host host = Hosts.start(Hosts.options(options))) {
            var measurement = new Measurement(options, host);
            fields.putAll(
                    options.mode().equals("dial") ? measurement.dials() : measurement.transfer());
        }
        return fields;
    }

    /** Connects anew each time, moves one byte each way and closes; the first does not count. */
    private Map<String, Object> dials() throws InterruptedException {
        if (options.count() < 2) {
            throw new IllegalArgumentException("--count is at least 2");
        }
        double[] times = new double[options.count()];
        BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
        Thread.ofVirtual().name("dials").start(() -> outcome.add(outcome(() -> dial(times))));
        require(outcome.take());
        double[] counted = Arrays.copyOfRange(times, 1, times.length);
        Arrays.sort(counted);
        return Map.of(
                "p50Ms", rank(counted, 50), "p95Ms", rank(counted, 95), "count", counted.length);
    }

    private void dial(double[] times) {
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            try (Connection connection = host.dial(address)) {
                Perf.run(connection, 1, 1);
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
    }

    private static double rank(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    /** Moves the bytes on all streams of one connection that stands before the clock starts. */
    private Map<String, Object> transfer() throws InterruptedException {
        Connection connection = host.dial(address);
        BlockingQueue<String> results = new LinkedBlockingQueue<>();
        long start = System.nanoTime();
        for (int i = 0; i < options.streams(); i++) {
            long number = i;
            Thread.ofVirtual()
                    .name("stream-" + i)
                    .start(() -> results.add(outcome(() -> move(connection, number))));
        }
        for (int i = 0; i < options.streams(); i++) {
            require(results.take());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bytes", options.bytes());
        fields.put("streams", options.streams());
        fields.put("seconds", seconds);
        fields.put("mbPerSecond", options.bytes() * options.streams() / 1e6 / seconds);
        return fields;
    }

    /** Returns what went wrong, or nothing. */
    private static String outcome(Runnable work) {
        try {
            work.run();
            return "";
        } catch (Libp2pException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void require(String outcome) {
        if (!outcome.isEmpty()) {
            throw new IllegalStateException(outcome);
        }
    }

    private void move(Connection connection, long number) {
        switch (options.mode()) {
            case "upload" -> Perf.run(connection, options.bytes(), 0);
            case "download" -> Perf.run(connection, 0, options.bytes());
            case "echo" -> {
                try (var stream = connection.open(Echo.PROTOCOL)) {
                    Echo.check(stream, options.bytes(), number);
                }
            }
            default -> throw new IllegalArgumentException("no such mode: " + options.mode());
        }
    }
}

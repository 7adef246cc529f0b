package io.ggen.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A listening peer in a process of its own. One thread at a time gives it commands. */
final class PeerProcess implements AutoCloseable {
    private static final Duration FIRST_USE = Duration.ofMinutes(10);
    private static final Duration REPLY = Duration.ofSeconds(30);
    private static final int UNAVAILABLE = 69;

    private final Path program;
    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Inbox inbox = new Inbox();
    private String address = "";

    /** What a peer needs is not on this machine. */
    static final class Unavailable extends RuntimeException {
        Unavailable(String message) {
            super(message);
        }
    }

    /** The program does not listen with the options that it was given. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    private PeerProcess(Path program, Process process) {
        this.program = program;
        this.process = process;
    }

    /** Begins to start {@code program} with these options. */
    static PeerProcess start(Path program, String... options) {
        List<String> command =
                Stream.concat(Stream.of(program.toString(), "listen"), Stream.of(options)).toList();
        try {
            Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            var peer = new PeerProcess(program, process);
            Thread.ofVirtual().name("peer-output").start(() -> read(process, peer::take));
            return peer;
        } catch (IOException e) {
            throw new Unavailable(program + " cannot be started: " + e.getMessage());
        }
    }

    private static void read(Process process, Consumer<Optional<String>> take) {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().map(Optional::of).forEach(take);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(PeerProcess.class.getName())
                    .log(System.Logger.Level.DEBUG, "the peer is gone", e);
        } finally {
            take.accept(Optional.empty());
        }
    }

    private void take(Optional<String> line) {
        Map<String, Object> said = line.map(Json::read).orElse(Map.of());
        if ("message".equals(said.get("event"))) {
            inbox.take(said);
        } else {
            lines.add(line);
        }
    }

    /** Returns the messages of subscribed topics that came so far. */
    Inbox inbox() {
        return inbox;
    }

    /** Waits until it listens, for the first time of all perhaps some minutes; returns where. */
    String address() {
        if (address.isEmpty()) {
            try {
                address = listening();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return address;
    }

    private String listening() throws InterruptedException {
        Optional<String> line = next(FIRST_USE);
        if (line.isEmpty() && process.waitFor() == UNAVAILABLE) {
            throw new Unavailable(program + " says that what it needs is not here");
        }
        if (Json.read(line.orElse("{}")).get("addr") instanceof String listening) {
            return listening;
        }
        throw new Refused(program + " does not listen: " + line.orElse("it says nothing"));
    }

    Path program() {
        return program;
    }

    /** Returns its peer id. */
    String id() {
        return address().substring(address().lastIndexOf('/') + 1);
    }

    private Optional<String> next(Duration limit) throws InterruptedException {
        Optional<String> line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError(program + " says nothing for " + limit.toSeconds() + " s");
        }
        return line;
    }

    /** Gives one command and returns its reply, which must be a good one. */
    Map<String, Object> ask(String command) throws InterruptedException, IOException {
        Map<String, Object> reply = tell(command);
        if (!Boolean.TRUE.equals(reply.get("ok"))) {
            throw new AssertionError(program + ": " + command + ": " + reply);
        }
        return reply;
    }

    /** Gives one command that must fail; returns the reason that it names. */
    String refused(String command) throws InterruptedException, IOException {
        Map<String, Object> reply = tell(command);
        if (!Boolean.FALSE.equals(reply.get("ok"))) {
            throw new AssertionError(program + ": " + command + ": " + reply);
        }
        return String.valueOf(reply.get("error"));
    }

    /** Gives one command and returns its reply, good or not. */
    Map<String, Object> tell(String command) throws InterruptedException, IOException {
        address(); // what it says first is no reply
        OutputStream out = process.getOutputStream();
        out.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return Json.read(next(REPLY).orElse("{}"));
    }

    /** Returns what it knows of another peer; empty when it is not connected to it. */
    Optional<Map<?, ?>> known(String id) throws InterruptedException, IOException {
        if (ask("peers").get("peers") instanceof List<?> peers) {
            for (Object each : peers) {
                if (each instanceof Map<?, ?> peer && id.equals(peer.get("id"))) {
                    return Optional.of(peer);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns what another peer speaks, as far as it knows. */
    List<String> protocols(String id) throws InterruptedException, IOException {
        return known(id)
                .map(peer -> peer.get("protocols") instanceof List<?> list ? list : List.of())
                .orElse(List.of())
                .stream()
                .map(String::valueOf)
                .toList();
    }

    /** Lets another process of the same program measure against {@code address}; must succeed. */
    static Map<String, Object> dial(Path program, String address, String... options)
            throws InterruptedException, IOException {
        List<String> command =
                Stream.concat(Stream.of(program.toString(), "dial", address), Stream.of(options))
                        .toList();
        Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread.ofVirtual().name("dial-output").start(() -> read(process, lines::add));
        Optional<String> line = lines.poll(60, TimeUnit.SECONDS);
        process.destroy();
        if (line == null || line.isEmpty() || !line.get().contains("\"measure\"")) {
            throw new AssertionError(command + ": " + line);
        }
        return Json.read(line.get());
    }

    /** Ends it without a word to anybody. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends its input, as the way to end it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

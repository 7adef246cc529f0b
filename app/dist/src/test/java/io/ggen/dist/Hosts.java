package io.ggen.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Hosts in network namespaces of their own, each with a cable to one switch. Needs the rights of
 * the superuser and {@code ip}; closing it takes the namespaces away.
 */
final class Hosts implements AutoCloseable {
    private static final String PREFIX = "gg" + ProcessHandle.current().pid() + "-";
    private static final String SWITCH = PREFIX + "switch";

    private final Path program;
    private final Path folder;
    private final List<String> namespaces = new ArrayList<>();
    private final boolean shaped;

    /** What a command said, both streams, and how it ended. */
    record Result(int status, String said) {}

    /** Sets up {@code count} hosts; each cable delays and loses packets where the kernel can. */
    Hosts(Path program, Path folder, int count) throws IOException, InterruptedException {
        this.program = program;
        this.folder = folder;
        add(SWITCH);
        must("ip", "-n", SWITCH, "link", "add", "br0", "type", "bridge");
        must("ip", "-n", SWITCH, "link", "set", "br0", "up");
        boolean all = true;
        for (int i = 1; i <= count; i++) {
            add(name(i));
            must(
                    "ip",
                    "-n",
                    SWITCH,
                    "link",
                    "add",
                    "port" + i,
                    "type",
                    "veth",
                    "peer",
                    "name",
                    "eth0",
                    "netns",
                    name(i));
            must("ip", "-n", SWITCH, "link", "set", "port" + i, "master", "br0", "up");
            must("ip", "-n", name(i), "addr", "add", ip(i) + "/24", "dev", "eth0");
            must("ip", "-n", name(i), "link", "set", "lo", "up");
            must("ip", "-n", name(i), "link", "set", "eth0", "up");
            all &=
                    run(List.of(
                                            "tc", "-n", name(i), "qdisc", "add", "dev", "eth0",
                                            "root", "netem", "delay", "20ms", "5ms", "loss", "1%"))
                                    .status()
                            == 0;
        }
        this.shaped = all;
    }

    /** Returns why hosts cannot be made here; empty where they can. */
    static String missing() throws InterruptedException {
        String probe = PREFIX + "probe";
        try {
            Result made = run(List.of("ip", "netns", "add", probe));
            if (made.status() != 0) {
                return "network namespaces cannot be made here: " + made.said().strip();
            }
            run(List.of("ip", "netns", "del", probe));
            return "";
        } catch (IOException e) {
            return "`ip` is not here: install iproute2";
        }
    }

    private void add(String namespace) throws IOException, InterruptedException {
        must("ip", "netns", "add", namespace);
        namespaces.add(namespace);
    }

    private static String name(int host) {
        return PREFIX + host;
    }

    static String ip(int host) {
        return "10.91.0." + host;
    }

    /** Whether the cables delay and lose packets; not every kernel has what it takes. */
    boolean isShaped() {
        return shaped;
    }

    /** Pulls the cable of a host. */
    void cut(int host) throws IOException, InterruptedException {
        must("ip", "-n", SWITCH, "link", "set", "port" + host, "down");
    }

    /** Plugs the cable in again. */
    void heal(int host) throws IOException, InterruptedException {
        must("ip", "-n", SWITCH, "link", "set", "port" + host, "up");
    }

    Path home(int host) {
        return folder.resolve("home" + host);
    }

    /** Runs {@code ggen} on a host. */
    Result ggen(int host, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("ip", "netns", "exec", name(host), program.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GGEN_HOME", home(host).toString());
        return run(builder);
    }

    private static void must(String... command) throws IOException, InterruptedException {
        Result result = run(List.of(command));
        if (result.status() != 0) {
            throw new IOException(String.join(" ", command) + ": " + result.said());
        }
    }

    private static Result run(List<String> command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).redirectErrorStream(true));
    }

    private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(builder.command() + " does not end: " + said);
        }
        return new Result(process.exitValue(), said);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (String namespace : namespaces.reversed()) {
            run(List.of("ip", "netns", "del", namespace));
        }
    }
}

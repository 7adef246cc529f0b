package io.ggen.cli;

import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts a node in a process of its own: this program again, with the same options, in front there.
 * It outlives the terminal, and writes to {@code p2p/node.log}.
 */
final class BackgroundNode {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(25);
    private static final int LAST_LINES = 6;

    private BackgroundNode() {}

    /** Returns when the node listens; throws with its own last words where it does not. */
    static RunningNode start(Call call, NetworkProvider provider, NetworkContext context) {
        Optional<RunningNode> other = provider.running(context);
        if (other.isPresent()) {
            throw new MarketplaceException(
                    ErrorCode.LOCK_TIMEOUT,
                    "a node of this home runs already: process "
                            + other.get().pid()
                            + " at "
                            + other.get().url(),
                    "`ggen m p2p status` shows it, `ggen m p2p stop` ends it",
                    Map.of("holder", "process " + other.get().pid()));
        }
        Path log = context.home().nodeLog();
        Process process = launch(call, log);
        return await(process, log, provider, context);
    }

    private static Process launch(Call call, Path log) {
        List<String> command =
                new ArrayList<>(
                        List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "ggen-node"));
        command.addAll(program(call));
        command.addAll(words(call));
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().clear();
            builder.environment().putAll(call.around().variables());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a node in the background", e);
        }
    }

    /** Returns the launcher of this distribution, else this very Java program. */
    private static List<String> program(Call call) {
        Optional<Path> launcher =
                call.around()
                        .variable("GGEN_DIST")
                        .map(call::path)
                        .map(dist -> dist.resolve("bin/ggen"))
                        .filter(Files::isExecutable);
        if (launcher.isPresent()) {
            return List.of(launcher.get().toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dggen.networks=" + System.getProperty("ggen.networks", ""),
                "-cp",
                System.getProperty("java.class.path"),
                "io.ggen.cli.Main");
    }

    private static List<String> words(Call call) {
        List<String> words = new ArrayList<>(List.of("m", "p2p", "start", "--no-color"));
        words.add("--home");
        words.add(call.home().root().toString());
        for (Option option :
                List.of(
                        P2pStartCommand.LISTEN,
                        P2pStartCommand.BOOTSTRAP,
                        P2pStartCommand.MODE,
                        P2pStartCommand.API)) {
            for (String value : call.values(option.name())) {
                words.add(option.name());
                words.add(value);
            }
        }
        call.value(P2pStartCommand.CONFIG.name())
                .ifPresent(file -> {
                    words.add(P2pStartCommand.CONFIG.name());
                    words.add(call.path(file).toString());
                });
        for (String flag : List.of(P2pStartCommand.NO_MDNS.name(), "--yes")) {
            if (call.has(flag)) {
                words.add(flag);
            }
        }
        return words;
    }

    private static RunningNode await(
            Process process, Path log, NetworkProvider provider, NetworkContext context) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (System.nanoTime() - deadline < 0) {
                Optional<RunningNode> node = provider.running(context);
                if (node.filter(it -> it.pid() == process.pid()).isPresent()) {
                    return node.get();
                }
                if (process.waitFor(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw ended(process.exitValue(), log);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
        throw new MarketplaceException(
                ErrorCode.TIMEOUT,
                "the node does not listen after " + PATIENCE.toSeconds() + " s",
                "see " + log + ", or start it in front: ggen m p2p start");
    }

    private static MarketplaceException ended(int status, Path log) {
        return new MarketplaceException(
                code(status),
                "the node did not start:\n" + lastWords(log),
                "see " + log + ", or start it in front: ggen m p2p start");
    }

    /** Returns a code with the status that the node ended with. */
    private static ErrorCode code(int status) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.exitStatus() == status) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(it left no word in " + log + ")";
        }
    }
}

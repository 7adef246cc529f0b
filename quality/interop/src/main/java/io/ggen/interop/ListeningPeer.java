package io.ggen.interop;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.protocol.Identify;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Serves until its input ends, and answers each line of it. */
final class ListeningPeer {
    private final Map<String, Command> commands = new HashMap<>();

    private ListeningPeer(Host host, PeerOptions options, Consumer<Map<String, Object>> say)
            throws IOException {
        Identify identify = Identify.attach(host);
        commands.putAll(HostCommands.of(host, identify));
        options.kad()
                .map(protocol -> KadCommands.attach(host, identify, protocol, options.kadMode()))
                .ifPresent(commands::putAll);
        if (options.blocks().isPresent()) {
            commands.putAll(BlockCommands.attach(host, options.blocks().get()));
        }
        if (!options.topics().isEmpty()) {
            commands.putAll(GossipCommands.attach(host, options.topics(), say));
        }
    }

    /** Listens as {@code options} have it and runs until {@code lines} end. */
    static void run(PeerOptions options, BufferedReader lines, Consumer<Map<String, Object>> say)
            throws IOException {
        var wanted = Hosts.options(options).listening(Hosts.loopback(options.port()));
        try (Host host = Hosts.start(wanted)) {
            var peer = new ListeningPeer(host, options, say);
            say.accept(Map.of("event", "listening", "addr", Hosts.address(host)));
            String line = lines.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    say.accept(peer.reply(List.of(line.strip().split("\\s+"))));
                }
                line = lines.readLine();
            }
        }
    }

    private Map<String, Object> reply(List<String> words) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("event", "reply");
        reply.put("cmd", words.getFirst());
        try {
            Map<String, Object> fields =
                    command(words.getFirst()).run(words.subList(1, words.size()));
            reply.put("ok", true);
            reply.putAll(fields);
        } catch (Libp2pException
                | IllegalArgumentException
                | IllegalStateException
                | IOException e) {
            reply.put("ok", false);
            reply.put("error", String.valueOf(e.getMessage()));
        }
        return reply;
    }

    private Command command(String name) {
        Command command = commands.get(name);
        if (command == null) {
            throw new IllegalArgumentException("no such command here");
        }
        return command;
    }
}

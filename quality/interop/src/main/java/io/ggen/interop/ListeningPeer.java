package io.ggen.interop;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.multiformats.Multiaddr;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Serves until its input ends, and answers each line of it. */
final class ListeningPeer {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<String> LATER =
            Set.of("put", "get", "provide", "providers", "find", "publish", "fetch");

    private final Host host;
    private final Identify identify;

    private ListeningPeer(Host host) {
        this.host = host;
        this.identify = Identify.attach(host);
    }

    /** Listens as {@code options} have it and runs until {@code commands} end. */
    static void run(PeerOptions options, BufferedReader commands, Consumer<Map<String, Object>> say)
            throws IOException {
        var wanted =
                Hosts.options(options.key(), options.security())
                        .listening(Hosts.loopback(options.port()));
        try (Host host = Hosts.start(wanted)) {
            var peer = new ListeningPeer(host);
            say.accept(Map.of("event", "listening", "addr", Hosts.address(host)));
            String line = commands.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    say.accept(peer.reply(line.strip().split("\\s+")));
                }
                line = commands.readLine();
            }
        }
    }

    private Map<String, Object> reply(String[] words) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("event", "reply");
        reply.put("cmd", words[0]);
        try {
            Map<String, Object> fields = answer(words[0], words.length > 1 ? words[1] : "");
            reply.put("ok", true);
            reply.putAll(fields);
        } catch (Libp2pException | IllegalArgumentException e) {
            reply.put("ok", false);
            reply.put("error", String.valueOf(e.getMessage()));
        }
        return reply;
    }

    private Map<String, Object> answer(String command, String word) {
        return switch (command) {
            case "dial" -> Map.of("id", host.dial(Multiaddr.parse(word)).remotePeer().toString());
            case "peers" -> Map.of("peers", peers());
            case "ping" -> Map.of("rttMs", ping(PeerId.parse(word)));
            case "handle" -> {
                host.handle(word, Echo::serve);
                identify.pushToAll();
                yield Map.of();
            }
            default ->
                    throw new IllegalArgumentException(
                            LATER.contains(command)
                                    ? "this host does not speak that yet"
                                    : "no such command");
        };
    }

    private double ping(PeerId peer) {
        return Ping.ping(host.dial(peer, List.of()), LIMIT).toNanos() / 1e6;
    }

    private List<Map<String, Object>> peers() {
        return host.connections().stream()
                .map(connection -> describe(connection.remotePeer()))
                .distinct()
                .toList();
    }

    private Map<String, Object> describe(PeerId peer) {
        var known = host.peerStore().identity(peer);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", peer.toString());
        fields.put("addrs", host.peerStore().addresses(peer));
        fields.put("agent", known.map(PeerStore.Identity::agent).orElse(""));
        fields.put(
                "protocols",
                new TreeSet<>(known.map(PeerStore.Identity::protocols).orElse(Set.of())));
        return fields;
    }
}

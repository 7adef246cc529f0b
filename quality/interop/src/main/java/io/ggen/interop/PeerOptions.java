package io.ggen.interop;

import io.ggen.libp2p.kad.NodeOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.pnet.PreSharedKey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of the command line.
 *
 * @param command listen or dial
 * @param address whom to dial; empty for listen
 * @param values the options as given; of one that is there twice the last
 * @param topics what to subscribe to
 */
record PeerOptions(
        String command, String address, Map<String, String> values, List<String> topics) {
    private static final String GOSSIP = "--gossip";
    private static final Set<String> KNOWN =
            Set.of(
                    "--port",
                    "--sec",
                    "--key",
                    "--psk",
                    "--mode",
                    "--bytes",
                    "--streams",
                    "--count",
                    "--blocks",
                    "--kad",
                    "--kad-mode",
                    GOSSIP);

    PeerOptions {
        values = Map.copyOf(values);
        topics = List.copyOf(topics);
    }

    /** Reads the words; throws IllegalArgumentException that says what is wrong with them. */
    static PeerOptions parse(List<String> words) {
        String command = words.isEmpty() ? "" : words.getFirst();
        if (!command.equals("listen") && !command.equals("dial")) {
            throw new IllegalArgumentException("usage: peer listen|dial ADDR [--option value]…");
        }
        boolean dial = command.equals("dial");
        if (dial && words.size() < 2) {
            throw new IllegalArgumentException("dial needs an address");
        }
        List<String> rest = words.subList(dial ? 2 : 1, words.size());
        return read(command, dial ? words.get(1) : "", rest);
    }

    private static PeerOptions read(String command, String address, List<String> words) {
        Map<String, String> values = new HashMap<>();
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < words.size(); i += 2) {
            String name = words.get(i);
            if (!KNOWN.contains(name) || i + 1 == words.size()) {
                throw new IllegalArgumentException(name + ": unknown, or without a value");
            }
            if (name.equals(GOSSIP)) {
                topics.add(words.get(i + 1));
            }
            values.put(name, words.get(i + 1));
        }
        return new PeerOptions(command, address, values, topics);
    }

    int port() {
        return (int) number("--port", 0);
    }

    String security() {
        return values.getOrDefault("--sec", command.equals("listen") ? "both" : "tls");
    }

    KeyType key() {
        return KeyType.valueOf(values.getOrDefault("--key", "ed25519").toUpperCase(Locale.ROOT));
    }

    /** Returns the key of the private network to be in. */
    Optional<PreSharedKey> network() {
        return Optional.ofNullable(values.get("--psk")).map(Path::of).map(PreSharedKey::read);
    }

    /** Returns the protocol id under which Kademlia is spoken. */
    Optional<String> kad() {
        return Optional.ofNullable(values.get("--kad"));
    }

    NodeOptions.Mode kadMode() {
        String mode = values.getOrDefault("--kad-mode", "server");
        return NodeOptions.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
    }

    /** Returns the folder whose CAR files hold the blocks to serve. */
    Optional<Path> blocks() {
        return Optional.ofNullable(values.get("--blocks")).map(Path::of);
    }

    String mode() {
        return values.getOrDefault("--mode", "");
    }

    long bytes() {
        return number("--bytes", 1_000_000);
    }

    int streams() {
        return (int) number("--streams", 1);
    }

    int count() {
        return (int) number("--count", 11);
    }

    private long number(String name, long otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : Long.parseLong(text);
    }
}

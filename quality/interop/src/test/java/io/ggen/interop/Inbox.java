package io.ggen.interop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The messages that a peer has printed. Thread-safe. */
final class Inbox {
    private final Map<Message, List<String>> authors = new ConcurrentHashMap<>();

    private record Message(String topic, String base64) {}

    void take(Map<String, Object> said) {
        var message =
                new Message(
                        String.valueOf(said.get("topic")), String.valueOf(said.get("dataBase64")));
        authors.computeIfAbsent(message, m -> new CopyOnWriteArrayList<>())
                .add(String.valueOf(said.get("from")));
    }

    /** Returns the author of each copy of a message that came; empty when none did. */
    List<String> authors(String topic, String base64) {
        return authors.getOrDefault(new Message(topic, base64), List.of());
    }
}

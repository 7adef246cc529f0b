package io.ggen.interop;

import java.util.List;
import java.util.Map;

/** What one kind of line on standard input does. */
@FunctionalInterface
interface Command {
    /**
     * Does it with the words after its name; returns the fields of the reply.
     *
     * @throws IllegalArgumentException when they are not what it needs
     * @throws io.ggen.libp2p.Libp2pException when the network refuses
     */
    Map<String, Object> run(List<String> words);

    /** Returns the one word that a command takes. */
    static String only(List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("one word is needed, not " + words.size());
        }
        return words.getFirst();
    }
}

package io.ggen.interop;

import io.ggen.base.Bytes;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What one kind of line on standard input does. */
@FunctionalInterface
interface Command {
    /**
     * Does it with the words after its name; returns the fields of the reply.
     *
     * @throws IllegalArgumentException when they are not what it needs
     * @throws IllegalStateException when it comes to nothing
     * @throws IOException when a file cannot be read or written
     * @throws io.ggen.libp2p.Libp2pException when the network refuses
     */
    Map<String, Object> run(List<String> words) throws IOException;

    /** What a command takes that has a name and a value in base64. */
    record Entry(String name, Bytes value) {
        static Entry of(List<String> words) {
            if (words.size() != 2) {
                throw new IllegalArgumentException("a name and a value in base64 are needed");
            }
            return new Entry(
                    words.getFirst(), Bytes.wrap(Base64.getDecoder().decode(words.getLast())));
        }
    }

    /** Returns the one word that a command takes. */
    static String only(List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("one word is needed, not " + words.size());
        }
        return words.getFirst();
    }
}

package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The protocols that this host speaks when it is asked. Thread-safe. */
final class Handlers {
    private final Map<String, StreamHandler> byProtocol = new ConcurrentSkipListMap<>();

    void add(String protocol, StreamHandler handler) {
        byProtocol.put(protocol, handler);
    }

    void remove(String protocol) {
        byProtocol.remove(protocol);
    }

    boolean speaks(String protocol) {
        return byProtocol.containsKey(protocol);
    }

    List<String> protocols() {
        return List.copyOf(byProtocol.keySet());
    }

    /**
     * Hands {@code stream} to its protocol's handler: closes it after, or resets it when the
     * handler throws.
     */
    void handle(Stream stream) {
        @Nullable StreamHandler handler = byProtocol.get(stream.protocol());
        if (handler == null) {
            stream.reset();
            return;
        }
        try {
            handler.handle(stream);
            stream.close();
        } catch (Libp2pException e) {
            stream.reset();
            throw e;
        } catch (RuntimeException e) {
            stream.reset();
            System.getLogger(Handlers.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the handler of " + stream.protocol() + " failed",
                            e);
        }
    }
}

package io.ggen.node;

import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkEvent;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The events of the node as server-sent events: one JSON object after each {@code data:}, a comment
 * now and then so that both sides see whether the other is there. At most 16 listeners.
 */
final class EventRoutes {
    private static final Duration BREATH = Duration.ofSeconds(10);
    private static final int MOST_LISTENERS = 16;

    private final Network network;
    private final Semaphore listeners = new Semaphore(MOST_LISTENERS);

    EventRoutes(Network network) {
        this.network = network;
    }

    /** Writes events until the listener or the node goes away. */
    void stream(ApiCall call) throws IOException {
        if (!listeners.tryAcquire()) {
            throw new MarketplaceException(
                    ErrorCode.LOCK_TIMEOUT,
                    "there are " + MOST_LISTENERS + " listeners already",
                    "end one of them");
        }
        try (EventStream events = network.events();
                OutputStream out = call.begin(200, "text/event-stream")) {
            write(out, ": the events of this node from now on\n\n");
            while (!events.closed()) {
                Optional<NetworkEvent> event = events.next(BREATH);
                write(out, event.map(EventRoutes::text).orElse(":\n\n"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.release();
        }
    }

    private static String text(NetworkEvent event) {
        return "data: " + FieldsJson.write(ContentFields.of(event)) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

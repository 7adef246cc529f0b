package io.ggen.node;

import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.EventHub;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.NetworkEvent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of a running node. A virtual thread reads them; those of later versions are left out.
 */
final class RemoteEvents implements EventStream {
    private static final System.Logger LOG = System.getLogger(RemoteEvents.class.getName());
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final String DATA = "data: ";

    private final InputStream in;
    private final EventHub hub = new EventHub();
    private final EventStream queue = hub.subscribe();
    private final Consumer<EventStream> onClose;

    private RemoteEvents(InputStream in, Consumer<EventStream> onClose) {
        this.in = in;
        this.onClose = onClose;
    }

    /**
     * Begins to listen; the node breathes every ten seconds, so half a minute of silence ends it.
     */
    static RemoteEvents open(ApiClient api, Consumer<EventStream> onClose) {
        RemoteEvents events = new RemoteEvents(api.stream("events", SILENCE), onClose);
        Thread.ofVirtual().name("api-events").start(events::read);
        return events;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    take(line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the events of the node have ended", e);
        } finally {
            hub.close();
        }
    }

    private void take(String json) {
        try {
            hub.publish(
                    ContentFields.event(FieldsJson.read(json.getBytes(StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "an event of another version", e);
        }
    }

    @Override
    public Optional<NetworkEvent> next(Duration patience) throws InterruptedException {
        return queue.next(patience);
    }

    @Override
    public long dropped() {
        return queue.dropped();
    }

    @Override
    public boolean closed() {
        return queue.closed();
    }

    @Override
    public void close() {
        onClose.accept(this);
        hub.close();
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a connection to the node", e);
        }
    }
}

package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Serves the streams of other peers: many requests on each, one after another. A peer may have
 * {@value #MAX_STREAMS} streams; when it asks faster than a {@link Pace} allows, it waits. A
 * malformed message costs it the connection, a request that is refused the stream. Thread-safe.
 */
final class KadServer {
    /** The most streams of one peer. */
    static final int MAX_STREAMS = 32;

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Responder responder;
    private final InstantSource clock;
    private final BooleanSupplier serving;
    private final Map<PeerId, Guest> guests = new HashMap<>();

    /** A peer that has streams here. */
    private static final class Guest {
        private final Pace pace;
        private int streams;

        Guest(Pace pace) {
            this.pace = pace;
        }
    }

    KadServer(Responder responder, InstantSource clock, BooleanSupplier serving) {
        this.responder = responder;
        this.clock = clock;
        this.serving = serving;
    }

    /** Serves {@code stream} until the peer ends it, is silent for a minute or breaks a rule. */
    void serve(Stream stream) {
        Guest guest = enter(stream.remotePeer());
        try {
            stream.timeout(IDLE);
            boolean open = true;
            while (open && serving.getAsBoolean()) {
                Optional<KadRequest> request = read(stream);
                open = request.isPresent();
                if (open) {
                    pause(guest);
                    answer(stream, request.get());
                }
            }
        } finally {
            leave(stream.remotePeer());
        }
    }

    private synchronized Guest enter(PeerId peer) {
        Guest guest =
                guests.computeIfAbsent(peer, any -> new Guest(Pace.standard(clock.instant())));
        if (guest.streams >= MAX_STREAMS) {
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED, "kad: " + peer + " has its " + MAX_STREAMS + " streams");
        }
        guest.streams++;
        return guest;
    }

    private synchronized void leave(PeerId peer) {
        guests.computeIfPresent(peer, (id, guest) -> --guest.streams == 0 ? null : guest);
    }

    private static Optional<KadRequest> read(Stream stream) {
        try {
            Optional<Bytes> frame = Frames.read(stream, KadMessage.MAX_ACCEPTED);
            return frame.map(bytes -> KadRequest.decode(bytes, stream.remotePeer()));
        } catch (Libp2pException e) {
            if (e.code() == Code.MALFORMED || e.code() == Code.PROTOCOL_VIOLATION) {
                stream.connection().close();
            }
            throw e;
        }
    }

    private void pause(Guest guest) {
        Duration wait;
        synchronized (guest) {
            wait = guest.pace.take(clock.instant());
        }
        LockSupport.parkNanos(wait.toNanos());
    }

    private void answer(Stream stream, KadRequest request) {
        Instant now = clock.instant();
        Optional<KadAnswer> answer = responder.answer(stream.remotePeer(), request, now);
        answer.ifPresent(reply -> Frames.write(stream, reply.encode(request)));
    }
}

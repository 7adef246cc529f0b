package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests to other peers, each on a stream that was used before where there is one.
 * Thread-safe; blocks.
 */
final class KadClient {
    private final Host host;
    private final String protocol;
    private final Duration deadline;
    private final StreamPool pool = new StreamPool();

    KadClient(Host host, String protocol, Duration deadline) {
        this.host = host;
        this.protocol = protocol;
        this.deadline = deadline;
    }

    /**
     * What came back.
     *
     * @param from the address at the other end of the connection
     */
    record Reply(Multiaddr from, KadAnswer answer) {}

    /**
     * Asks {@code to} and waits for its answer; to ADD_PROVIDER there is none, and nobody waits.
     *
     * @throws Libp2pException when the peer cannot be reached or does not answer as it should
     */
    Reply ask(KadPeer to, KadRequest request) {
        Bytes message = request.encode();
        Optional<Stream> used = pool.take(to.id());
        if (used.isPresent()) {
            try {
                return exchange(used.get(), request, message);
            } catch (Libp2pException e) {
                if (e.code() == Code.TIMEOUT || e.code() == Code.PROTOCOL_VIOLATION) {
                    throw e;
                }
                // the other side was tired of waiting on this stream: another one is opened
            }
        }
        Stream fresh = host.dial(to.id(), addresses(to)).open(protocol);
        return exchange(fresh, request, message);
    }

    /** What a peer says of itself is tried before what others say of it. */
    private List<Multiaddr> addresses(KadPeer to) {
        Set<Multiaddr> all = new LinkedHashSet<>(host.peerStore().addresses(to.id()));
        all.addAll(to.addresses());
        return List.copyOf(all);
    }

    private Reply exchange(Stream stream, KadRequest request, Bytes message) {
        try (Deadline limit = Deadline.start(deadline, stream::reset)) {
            KadAnswer answer = answer(stream, request, message, limit);
            if (!pool.give(stream, now())) {
                stream.close();
            }
            return new Reply(stream.connection().facts().remoteAddress(), answer);
        } catch (Libp2pException e) {
            stream.reset();
            throw e;
        }
    }

    private static KadAnswer answer(
            Stream stream, KadRequest request, Bytes message, Deadline limit) {
        Frames.write(stream, message);
        if (request instanceof KadRequest.AddProvider) {
            limit.met();
            return KadAnswer.of(List.of());
        }
        Optional<Bytes> frame = Frames.read(stream, KadMessage.MAX_ACCEPTED);
        limit.met();
        return KadAnswer.decode(
                frame.orElseThrow(() ->
                        new Libp2pException(
                                Code.CONNECTION_CLOSED, "kad: the stream ended, not answered")),
                request);
    }

    private Instant now() {
        return host.options().clock().instant();
    }

    /** Closes what has waited for too long. */
    void sweep() {
        pool.stale(now()).forEach(Stream::close);
    }

    /** Hears that there is no connection to {@code peer} any more. */
    void disconnected(PeerId peer) {
        pool.drop(peer).forEach(Stream::reset);
    }

    void close() {
        pool.drop().forEach(Stream::close);
    }
}

package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.pnet.PreSharedKey;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Finds other libp2p peers on the networks that this machine is connected to, and lets them find
 * this host, while it is open. A host of a private network finds those of the same network alone.
 * Interfaces and the host's addresses may come and go. Thread-safe.
 */
public final class Mdns implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Mdns.class.getName());
    private static final int MAX_UNHEARD = 64;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Host host;
    private final MdnsOptions options;
    private final InstantSource clock;
    private final Discovery discovery;
    private final Sockets sockets;
    private final BlockingQueue<FoundPeer> found = new ArrayBlockingQueue<>(MAX_UNHEARD);
    private final Thread talker;
    private final Thread teller;
    private Instant nextLook = Instant.MIN;
    private volatile boolean closed;

    private Mdns(Host host, MdnsOptions options, Consumer<FoundPeer> listener) throws IOException {
        this.host = host;
        this.options = options;
        this.clock = host.options().clock();
        this.sockets = new Sockets();
        this.discovery =
                new Discovery(
                        host.peerId(),
                        host.options()
                                .privateNetwork()
                                .map(PreSharedKey::fingerprint)
                                .orElse(Bytes.empty()),
                        options,
                        new SecureRandom());
        this.talker = Thread.ofPlatform().daemon().name("mdns").unstarted(this::talk);
        this.teller = Thread.ofVirtual().name("mdns-found").unstarted(() -> tell(listener));
    }

    /**
     * Begins to look for peers and to be found as {@code host}.
     *
     * @param listener is told of each peer that is found, one after the other on a thread of its
     *     own; while it is busy with one, 64 wait, and further ones are heard of when they are
     *     heard again
     * @throws Libp2pException IO when the system gives no socket
     */
    public static Mdns start(Host host, MdnsOptions options, Consumer<FoundPeer> listener) {
        try {
            var mdns = new Mdns(host, options, listener);
            mdns.teller.start();
            mdns.talker.start();
            return mdns;
        } catch (IOException e) {
            throw new Libp2pException(Code.IO, "cannot look for peers on local networks", e);
        }
    }

    private void talk() {
        try (sockets) {
            while (!closed) {
                talkOnce();
            }
            perform(discovery.leave());
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "peers on local networks are found no more", e);
        } finally {
            teller.interrupt();
        }
    }

    /** What fails now may work later: an interface is gone, a file descriptor is missing. */
    private void talkOnce() {
        try {
            Instant now = clock.instant();
            look(now);
            perform(discovery.tick(now));
            sockets.receive(
                    millisToWait(),
                    datagram -> perform(discovery.received(datagram, clock.instant())));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot look for peers just now, trying again", e);
            LockSupport.parkNanos(AFTER_FAILURE.toNanos());
        }
    }

    private void look(Instant now) throws IOException {
        if (now.isBefore(nextLook)) {
            return;
        }
        nextLook = now.plus(options.lookAround());
        sockets.follow(Interfaces.look());
        discovery.links(sockets.links(), now);
        discovery.addresses(host.addresses(), now);
    }

    private long millisToWait() {
        Instant next = discovery.next().filter(at -> at.isBefore(nextLook)).orElse(nextLook);
        Duration wait = Duration.between(clock.instant(), next);
        return (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).toMillis() + 1;
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> sockets.send(send);
                case Effect.Found(FoundPeer peer) -> {
                    if (!found.offer(peer)) {
                        LOG.log(System.Logger.Level.DEBUG, "nobody has time to hear of {0}", peer);
                    }
                }
            }
        }
    }

    private void tell(Consumer<FoundPeer> listener) {
        try {
            while (!closed) {
                tell(listener, found.take());
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.TRACE, "nobody is told of peers any more");
        }
    }

    private static void tell(Consumer<FoundPeer> listener, FoundPeer peer) {
        try {
            listener.accept(peer);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "the listener fails with " + peer, e);
        }
    }

    /** Takes leave of the networks and ends; a listener that is busy is interrupted. */
    @Override
    public void close() {
        closed = true;
        sockets.wakeUp();
        try {
            talker.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

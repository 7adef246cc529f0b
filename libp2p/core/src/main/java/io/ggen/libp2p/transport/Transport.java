package io.ggen.libp2p.transport;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.function.Consumer;

/** One way to connect to addresses and to be connected to. Thread-safe. */
public interface Transport {
    /**
     * Returns whether this transport can dial or listen on {@code address}; any {@code /p2p} at its
     * end is ignored.
     */
    boolean handles(Multiaddr address);

    /**
     * Connects to {@code address}; blocks for at most {@code limit}.
     *
     * @throws io.ggen.libp2p.Libp2pException DIAL_FAILED or TIMEOUT
     */
    RawConnection dial(Multiaddr address, Duration limit);

    /**
     * Listens on {@code address}. {@code onConnection} is called on a virtual thread for each
     * connection that comes in.
     *
     * @throws io.ggen.libp2p.Libp2pException IO when the address cannot be bound
     */
    Listener listen(Multiaddr address, Consumer<RawConnection> onConnection);

    /** A place where connections come in, until it is closed. */
    interface Listener extends AutoCloseable {
        /**
         * Returns where it really listens: port 0 replaced, one address for each interface when it
         * was unspecified.
         */
        java.util.List<Multiaddr> addresses();

        @Override
        void close();
    }
}

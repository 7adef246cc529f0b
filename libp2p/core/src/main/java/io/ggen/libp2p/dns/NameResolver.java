package io.ggen.libp2p.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Looks names up. Thread-safe, blocking, each time for a limited while.
 *
 * @see SystemNames
 */
public interface NameResolver {
    /**
     * Returns the IP addresses of {@code name}; none when it does not exist.
     *
     * @throws io.ggen.libp2p.Libp2pException DIAL_FAILED, or TIMEOUT after {@code limit}
     */
    List<InetAddress> addresses(String name, Duration limit);

    /**
     * Returns the TXT records of {@code name}; none when it has none.
     *
     * @throws io.ggen.libp2p.Libp2pException DIAL_FAILED, or TIMEOUT after {@code limit}
     */
    List<String> texts(String name, Duration limit);
}

package io.ggen.libp2p.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names as a test has them: addresses from a map, TXT records from a {@link FakeDnsServer}. */
public final class FakeNames implements NameResolver {
    private final Map<String, List<InetAddress>> addresses = new ConcurrentHashMap<>();
    private final DnsClient client;

    /** Asks {@code server} for TXT records. */
    public FakeNames(FakeDnsServer server) {
        client = new DnsClient(List.of(server.address()));
    }

    /** Gives {@code name} these addresses. */
    public void addresses(String name, InetAddress... found) {
        addresses.put(name, List.of(found));
    }

    @Override
    public List<InetAddress> addresses(String name, Duration limit) {
        return addresses.getOrDefault(name, List.of());
    }

    @Override
    public List<String> texts(String name, Duration limit) {
        return client.texts(name, limit);
    }
}

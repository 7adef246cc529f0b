package io.ggen.node;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides who may speak to the API, by headers alone. A web page cannot pass: its browser sends an
 * Origin, and after DNS rebinding the page's own name as Host. Pure.
 */
final class ApiGate {
    private static final String SCHEME = "Bearer ";

    private final Set<String> hosts;
    private final Sha256 token;
    private final boolean loopback;

    /** Why a request is refused: a status of HTTP and a sentence. */
    record Refusal(int status, String reason) {}

    /** Guards an API that listens at {@code address} and wants {@code token}. */
    ApiGate(InetSocketAddress address, String token) {
        this.hosts = hosts(address);
        this.token = Sha256.of(Bytes.utf8(token));
        this.loopback = address.getAddress().isLoopbackAddress();
    }

    private static Set<String> hosts(InetSocketAddress address) {
        Set<String> hosts = new TreeSet<>();
        String literal = address.getAddress().getHostAddress();
        String shown = literal.indexOf(':') >= 0 ? "[" + shortened(literal) + "]" : literal;
        hosts.add(shown + ":" + address.getPort());
        if (address.getAddress().isLoopbackAddress()) {
            hosts.add("localhost:" + address.getPort());
        }
        String named = address.getHostString();
        if (!named.equals(literal)) {
            hosts.add(named + ":" + address.getPort());
        }
        return hosts;
    }

    private static String shortened(String literal) {
        return literal.equals("0:0:0:0:0:0:0:1") ? "::1" : literal;
    }

    /**
     * Returns why a request is refused, if it is.
     *
     * @param headers by lower-case name
     * @param open whether the path needs no token on loopback
     */
    Optional<Refusal> check(Map<String, List<String>> headers, boolean open) {
        List<String> host = headers.getOrDefault("host", List.of());
        if (host.size() != 1 || !hosts.contains(host.getFirst())) {
            return Optional.of(new Refusal(421, "the Host is not the one of this API"));
        }
        if (headers.containsKey("origin")) {
            return Optional.of(new Refusal(403, "web pages may not speak to this API"));
        }
        if (open && loopback) {
            return Optional.empty();
        }
        List<String> authorization = headers.getOrDefault("authorization", List.of());
        boolean known =
                authorization.size() == 1
                        && authorization.getFirst().startsWith(SCHEME)
                        && isToken(authorization.getFirst().substring(SCHEME.length()));
        return known
                ? Optional.empty()
                : Optional.of(
                        new Refusal(401, "the token of p2p/api is wanted as `Bearer` in a header"));
    }

    /** Compares hashes in constant time: neither content nor length of the token shows. */
    private boolean isToken(String given) {
        return Sha256.of(Bytes.utf8(given)).bytes().constantTimeEquals(token.bytes());
    }
}

package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.interop.Scenarios.Scenario;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.pnet.PreSharedKey;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is tried with a peer in a private network. */
final class PrivateScenarios {
    private static final long BYTES = 8L << 20;
    private static final String REASON = "another key or none";

    private PrivateScenarios() {}

    /** Returns what is tried on a link in the network whose key is in {@code file}. */
    static Map<String, Scenario> all(Path file) {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("echo in a private network", link -> echo(link, file));
        all.put("another network's key is refused", PrivateScenarios::anotherKey);
        all.put("no key is refused", PrivateScenarios::noKey);
        return all;
    }

    /** There and back on the standing connection; and by another process when the peer dials. */
    private static void echo(Link link, Path file) throws Exception {
        try (Stream stream = link.connection().open(Echo.PROTOCOL)) {
            Echo.check(stream, BYTES, 1);
        }
        if (!link.way.weDial()) {
            link.dial("--psk", file.toString(), "--mode", "echo", "--bytes", "" + BYTES);
        }
    }

    private static void anotherKey(Link link) throws Exception {
        refused(link, options -> options.within(PreSharedKey.generate()));
    }

    private static void noKey(Link link) throws Exception {
        refused(link, UnaryOperator.identity());
    }

    /** Our side knows the reason when it has a key; without one it sees garbage. */
    private static void refused(Link link, UnaryOperator<HostOptions> changed) throws Exception {
        try (var stranger = new Link(link.peer, link.way, changed)) {
            if (link.way.weDial()) {
                boolean keyed = stranger.host.options().privateNetwork().isPresent();
                assertThatThrownBy(stranger::connection)
                        .isInstanceOfSatisfying(
                                Libp2pException.class,
                                e -> assertThat(e.code()).isNotEqualTo(Code.TIMEOUT))
                        .hasMessageContaining(keyed ? REASON : "");
            } else {
                String reason = link.peer.refused("dial " + Hosts.address(stranger.host));
                assertThat(reason).contains(link.peer.program().equals(Peers.ours()) ? REASON : "");
                assertThat(reason).isNotBlank();
            }
            assertThat(stranger.host.connections()).isEmpty();
            assertThat(stranger.peer.known(stranger.id())).isEmpty();
        }
    }
}

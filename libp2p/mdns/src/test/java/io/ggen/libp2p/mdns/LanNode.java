package io.ggen.libp2p.mdns;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A host in a process of its own. It prints {@code me ID}, then {@code found ID ADDRESSES} for each
 * peer it finds and {@code connected ID} for each that a connection stands to, and ends with its
 * input.
 */
public final class LanNode {
    private LanNode() {}

    /** Runs until the input ends. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        HostOptions options =
                HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                        .listening(
                                Multiaddr.parse("/ip4/0.0.0.0/tcp/0"),
                                Multiaddr.parse("/ip6/::/tcp/0"));
        var pace =
                new MdnsOptions(
                        Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMillis(500));
        // example begins
        var host = Host.start(options);
        Consumer<FoundPeer> meet =
                found -> {
                    out.println("found " + found.peer() + " " + found.addresses());
                    host.dial(found.peer(), found.addresses());
                };
        var mdns = Mdns.start(host, pace, meet);
        // example ends
        out.println("me " + host.peerId());
        host.onEvent(event -> {
            if (event instanceof HostEvent.PeerConnected(PeerId peer)) {
                out.println("connected " + peer);
            }
        });
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            out.println("still here");
        }
        mdns.close();
        host.close();
    }
}

package io.ggen.libp2p.gateway;

import io.ggen.base.Bytes;
import io.ggen.content.MemoryBlocks;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.host.StreamHandler;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.multiformats.Multiaddr;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/** Two hosts, one of which serves {@link #blocks}. */
final class Pair implements AutoCloseable {
    final MemoryBlocks blocks = new MemoryBlocks();
    final Host server;
    final Host client;

    Pair() {
        var network = new MemoryNetwork(1);
        server = host(network, "server");
        client = host(network, "client");
        client.peerStore().addAddresses(server.peerId(), server.addresses(), Duration.ofHours(1));
    }

    private static Host host(MemoryNetwork network, String name) {
        return Host.start(
                HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                        .over(network.node(name))
                        .listening(Multiaddr.parse("/memory/0")));
    }

    Pair serving() {
        Gateway.attach(server, GatewayOptions.of(blocks, cid -> true));
        return this;
    }

    Pair answering(StreamHandler handler) {
        server.handle(Gateway.PROTOCOL, handler);
        return this;
    }

    /** Sends {@code request} as it is and returns all that comes back. */
    String exchange(String request) {
        return exchangeBytes(request).utf8();
    }

    Bytes exchangeBytes(String request) {
        try (Stream stream = client.open(server.peerId(), Gateway.PROTOCOL)) {
            stream.timeout(Duration.ofSeconds(20));
            stream.write(Bytes.utf8(request).buffer());
            stream.flush();
            return readAll(stream);
        }
    }

    static Bytes readAll(Duplex pipe) {
        Bytes all = Bytes.empty();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (pipe.read(buffer.clear()) >= 0) {
                all = all.concat(Bytes.of(Arrays.copyOf(buffer.array(), buffer.position())));
            }
        } catch (Libp2pException e) {
            return all.concat(Bytes.utf8("[" + e.code() + "]"));
        }
        return all;
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}

package io.ggen.libp2p.gateway;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;

/**
 * A trustless gateway over libp2p: serves blocks and CARs that the asker verifies, from what this
 * node holds, one exchange for each stream. Thread-safe.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">Trustless gateway</a>
 * @see <a href="https://specs.ipfs.tech/http-gateways/libp2p-gateway/">Gateway over libp2p</a>
 */
public final class Gateway implements AutoCloseable {
    /** The protocol's id. */
    public static final String PROTOCOL = "/http/1.1";

    private final Host host;
    private final GatewayOptions options;
    private final Exchanges exchanges;

    private Gateway(Host host, GatewayOptions options) {
        this.host = host;
        this.options = options;
        this.exchanges = new Exchanges(options, host.options().clock(), name -> true);
    }

    /** Serves the streams that other peers open to {@code host}, until it is closed. */
    public static Gateway attach(Host host, GatewayOptions options) {
        var gateway = new Gateway(host, options);
        host.handle(PROTOCOL, gateway::serve);
        return gateway;
    }

    private void serve(Stream stream) {
        stream.timeout(options.patience());
        exchanges.serve(stream.remotePeer(), stream);
        stream.closeWrite();
    }

    /** Serves no more; the host stays open. Never throws. */
    @Override
    public void close() {
        host.unhandle(PROTOCOL);
        exchanges.close();
    }
}

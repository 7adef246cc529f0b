package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.bitswap.session.SessionOptions;

/**
 * How Bitswap is spoken on a host.
 *
 * @param serve what others get
 * @param session how blocks are asked for
 * @param providers how many providers one download asks at the same time; 16
 * @param offences hears of peers that break the protocol, on their stream's thread
 */
public record BitswapOptions(
        ServeOptions serve, SessionOptions session, int providers, OffenceListener offences) {
    /** Returns the standard options for a node that serves so. */
    public static BitswapOptions serving(ServeOptions serve) {
        return new BitswapOptions(
                serve, SessionOptions.standard(), 16, (peer, offence, detail) -> {});
    }

    /** Returns these options with somebody who hears of offences, such as whoever bans peers. */
    public BitswapOptions reporting(OffenceListener listener) {
        return new BitswapOptions(serve, session, providers, listener);
    }

    /** Returns these options with other ways of asking. */
    public BitswapOptions asking(SessionOptions other) {
        return new BitswapOptions(serve, other, providers, offences);
    }
}

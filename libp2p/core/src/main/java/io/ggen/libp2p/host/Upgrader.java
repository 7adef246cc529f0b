package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.io.ReadAhead;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.Muxer;
import io.ggen.libp2p.pnet.PreSharedKey;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;
import io.ggen.libp2p.security.SecurityProtocol;
import io.ggen.libp2p.transport.RawConnection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns a raw connection into a secured and multiplexed one: negotiate security, shake hands, agree
 * on a muxer. Thread-safe.
 */
final class Upgrader {
    private final List<SecurityProtocol> securities;
    private final List<Muxer> muxers;
    private final List<String> muxerIds;
    private final Optional<PreSharedKey> privateNetwork;
    private final Duration limit;

    /**
     * Offers what {@code options} have in their order, within their private network where they name
     * one; an upgrade takes as long as a handshake may.
     */
    Upgrader(HostOptions options) {
        this.securities = options.securities();
        this.muxers = options.muxers();
        this.muxerIds = muxers.stream().map(Muxer::id).toList();
        this.privateNetwork = options.privateNetwork();
        this.limit = options.limits().handshakeTimeout();
    }

    /** A connection that is ready for its muxer. */
    record Upgraded(Muxer muxer, SecureChannel channel, String security) {
        /** Begins to multiplex; streams keep what they receive within {@code memory}. */
        MuxedConnection mux(Role role, MemoryBudget memory) {
            return muxer.mux(channel, role, memory);
        }
    }

    /** Upgrades {@code raw}; closes it when that fails or takes too long. */
    Upgraded upgrade(RawConnection raw, Role role, Optional<PeerId> expected) {
        try (Deadline deadline = Deadline.start(limit, raw::close)) {
            try {
                var pipe = new ReadAhead(privateNetwork.map(key -> key.protect(raw)).orElse(raw));
                SecurityProtocol security = security(raw, pipe, role);
                SecureChannel channel = security.secure(pipe, role, expected, muxerIds);
                Muxer muxer = muxer(channel, role);
                deadline.met();
                return new Upgraded(muxer, channel, security.id());
            } catch (Libp2pException e) {
                raw.close();
                if (deadline.passed()) {
                    throw new Libp2pException(
                            Code.TIMEOUT,
                            "the handshake took longer than " + limit.toMillis() + " ms",
                            e);
                }
                throw e;
            }
        }
    }

    private SecurityProtocol security(RawConnection raw, Duplex pipe, Role role) {
        List<String> ids = securities.stream().map(SecurityProtocol::id).toList();
        try {
            String chosen = negotiate(pipe, role, ids);
            return securities.stream()
                    .filter(security -> security.id().equals(chosen))
                    .findFirst()
                    .orElseThrow();
        } catch (Libp2pException e) {
            throw privateNetwork.isPresent() && e.code() != Code.UNSUPPORTED_PROTOCOL
                    ? foreign(raw, e)
                    : e;
        }
    }

    /** Garbage, or the end of someone to whom we send garbage: nothing else tells of a key. */
    private static Libp2pException foreign(RawConnection raw, Libp2pException cause) {
        return new Libp2pException(
                Code.HANDSHAKE_FAILED,
                "the first bytes from "
                        + raw.remoteAddress()
                        + " make no sense in this private network: that peer has another key or"
                        + " none ("
                        + cause.getMessage()
                        + ")",
                cause);
    }

    private Muxer muxer(SecureChannel channel, Role role) {
        String chosen = channel.muxer().orElseGet(() -> negotiate(channel, role, muxerIds));
        return muxers.stream().filter(muxer -> muxer.id().equals(chosen)).findFirst().orElseThrow();
    }

    private static String negotiate(Duplex pipe, Role role, List<String> protocols) {
        return role == Role.INITIATOR
                ? Multistream.propose(pipe, protocols)
                : Multistream.answer(pipe, protocols::contains);
    }
}

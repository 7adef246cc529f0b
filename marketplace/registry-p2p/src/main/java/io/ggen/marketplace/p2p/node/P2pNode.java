package io.ggen.marketplace.p2p.node;

import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.core.network.BootstrapOutcome;
import io.ggen.marketplace.core.network.Collected;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.core.network.ProviderInfo;
import io.ggen.marketplace.core.network.Spread;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One node of the package network, in this process. Starts when it is made and ends when it is
 * closed; everything in between is the port's.
 */
public final class P2pNode implements Network {
    private final Assembly assembly;
    private final Parts parts;
    private final Instant begun;

    private P2pNode(Assembly assembly) {
        this.assembly = assembly;
        this.parts = assembly.parts();
        this.begun = parts.context().clock().instant();
    }

    /**
     * Starts a node; it listens when this returns, and joins the network meanwhile.
     *
     * @throws MarketplaceException NETWORK where an address cannot be had, PERMISSION_DENIED where
     *     the node's key cannot be opened, STORAGE
     */
    public static P2pNode start(NetworkContext context, Standing standing) {
        return new P2pNode(Assembly.start(context, standing));
    }

    @Override
    public NodeStatus status() {
        return new StatusReport(assembly).at(begun);
    }

    @Override
    public NodeActivity activity() {
        return new StatusReport(assembly).activity();
    }

    @Override
    public List<PeerInfo> peers() {
        return assembly.peerReports().connected();
    }

    @Override
    public Optional<PeerInfo> peer(String peerId) {
        return assembly.peerReports().of(peer(peerId, "show"));
    }

    private static PeerId peer(String text, String verb) {
        try {
            return PeerId.parse(text);
        } catch (InvalidKeyException e) {
            throw new MarketplaceException(
                            ErrorCode.USAGE,
                            "Cannot " + verb + " `" + text + "`: it is no peer id.",
                            "A peer id begins with 12D3Koo, Qm or bafz; `ggen marketplace p2p"
                                    + " peer-list` lists them.")
                    .causedBy(e);
        }
    }

    @Override
    public List<ProviderInfo> providers(PackageRef ref) {
        SignedRecord.OfRelease newest = assembly.newest(ref);
        Cid cid = newest.release().content().cid();
        List<ProviderInfo> all = new ArrayList<>();
        for (KadPeer peer : assembly.providers().announced(cid)) {
            all.add(new ProviderInfo(peer.id().toString(), peer.addresses()));
        }
        if (parts.holdings().mayServe(cid)) {
            all.add(new ProviderInfo(parts.host().peerId().toString(), parts.host().addresses()));
        }
        all.sort(Comparator.comparing(ProviderInfo::peerId));
        return all;
    }

    @Override
    public List<BannedPeer> bans() {
        return parts.bans().all();
    }

    @Override
    public BannedPeer ban(String peerId, Duration duration, String reason) {
        PeerId peer = peer(peerId, "ban");
        BannedPeer ban = parts.bans().ban(peer, duration, reason);
        assembly.disconnect(peer);
        return ban;
    }

    @Override
    public boolean unban(String peerId) {
        return parts.bans().unban(peer(peerId, "unban"));
    }

    @Override
    public BootstrapOutcome bootstrap(List<Multiaddr> addresses, Duration timeout) {
        return assembly.peering().bootstrap(addresses, timeout);
    }

    @Override
    public List<Multiaddr> bootstrapNodes() {
        return assembly.peering().nodes();
    }

    @Override
    public boolean forget(Multiaddr address) {
        return assembly.peering().forget(address);
    }

    @Override
    public List<PinnedPackage> pins() {
        return assembly.pins().all();
    }

    @Override
    public PinnedPackage pin(PackageRef ref, Optional<Version> version) {
        return assembly.pins().pin(ref, version);
    }

    @Override
    public boolean unpin(PackageRef ref) {
        return assembly.pins().unpin(ref);
    }

    @Override
    public Collected collect() {
        return assembly.collect();
    }

    @Override
    public Spread spread(Sha256 record, Duration patience) {
        SignedRecord.OfRelease signed =
                parts.catalogue()
                        .envelope(record)
                        .map(ReleaseVerifier::verify)
                        .filter(SignedRecord.OfRelease.class::isInstance)
                        .map(SignedRecord.OfRelease.class::cast)
                        .orElseThrow(() -> noRecord(record));
        try {
            return assembly.announcements().spread(signed, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MarketplaceException(
                            ErrorCode.TIMEOUT,
                            "The wait for others to take the release was interrupted.",
                            "Ask again: ggen marketplace p2p providers " + signed.release().id())
                    .causedBy(e);
        }
    }

    private static MarketplaceException noRecord(Sha256 record) {
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                "This node has no release with the record id " + record.hex() + ".",
                "Publish it first: ggen marketplace p2p publish DIR");
    }

    @Override
    public Registry registry() {
        return assembly.registry();
    }

    @Override
    public BlockSource content(Cid root) {
        return assembly.content(root).verified();
    }

    @Override
    public EventStream events() {
        return parts.events().subscribe();
    }

    @Override
    public void close() {
        assembly.close();
    }
}

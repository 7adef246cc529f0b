package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.Kad;
import io.ggen.marketplace.core.network.EventHub;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.exchange.CatalogueExchange;
import io.ggen.marketplace.p2p.fulltext.CatalogueSearch;
import io.ggen.marketplace.p2p.reputation.Bans;
import io.ggen.marketplace.p2p.reputation.KnownProviders;
import io.ggen.marketplace.p2p.reputation.Reputations;

import java.util.Optional;

/**
 * The protocols and tables that a node is put together of.
 *
 * @param context what the program gives
 * @param host speaks to peers
 * @param kad finds peers, records and providers
 * @param gossip tells and hears of new records
 * @param bitswap exchanges blocks
 * @param catalogue the records that are known
 * @param search finds them by words
 * @param exchange keeps them in step with those of peers
 * @param holdings what is kept and served
 * @param reputations how peers did
 * @param knownProviders who was said to serve what
 * @param bans who is refused
 * @param events what happens, for listeners
 * @param gateway where the gateway over plain HTTP is
 */
record Parts(
        NetworkContext context,
        Host host,
        Kad kad,
        Gossip gossip,
        Bitswap bitswap,
        Catalogue catalogue,
        CatalogueSearch search,
        CatalogueExchange exchange,
        Holdings holdings,
        Reputations reputations,
        KnownProviders knownProviders,
        Bans bans,
        EventHub events,
        Optional<String> gateway) {}

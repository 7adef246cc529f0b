package io.ggen.marketplace.p2p.node;

import io.ggen.base.TokenBucket;
import io.ggen.content.BlockSource;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.bitswap.BitswapOptions;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.gateway.Gateway;
import io.ggen.libp2p.gateway.GatewayOptions;
import io.ggen.libp2p.gateway.HttpGateway;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.gossipsub.GossipOptions;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostLimits;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.host.ResourceScope;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadOptions;
import io.ggen.libp2p.kad.NodeOptions;
import io.ggen.libp2p.kad.SqliteProviderStore;
import io.ggen.libp2p.kad.SqlitePublicationStore;
import io.ggen.libp2p.kad.SqliteRecordStore;
import io.ggen.libp2p.kad.StoreLimits;
import io.ggen.libp2p.kad.Validators;
import io.ggen.libp2p.key.IdentityFile;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.peerstore.SqlitePeerStore;
import io.ggen.libp2p.pnet.PreSharedKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.network.EventHub;
import io.ggen.marketplace.core.network.HostPort;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.search.IndexUse;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.marketplace.p2p.exchange.CatalogueExchange;
import io.ggen.marketplace.p2p.exchange.ExchangeLimits;
import io.ggen.marketplace.p2p.fulltext.CatalogueSearch;
import io.ggen.marketplace.p2p.reputation.Bans;
import io.ggen.marketplace.p2p.reputation.KnownProviders;
import io.ggen.marketplace.p2p.reputation.Reputations;
import io.ggen.marketplace.p2p.search.SearchLimits;
import io.ggen.marketplace.p2p.search.SearchService;
import io.ggen.multiformats.Multiaddr;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a node's parts, the lowest first, and remembers what is to be closed. */
final class Building {
    /** The protocol of the DHT of packages. */
    static final String KAD = "/ggen/kad/1.0.0";

    private static final Duration FOR_OFFENCES = Duration.ofHours(1);
    private static final String BROKEN_EXCHANGE = "it broke the rules of the catalogue exchange";
    private static final String BROKEN_SEARCH = "it broke the rules of the search";
    private static final String PEM = "-----BEGIN";

    private final NetworkContext context;
    private final Standing standing;
    private final Deque<AutoCloseable> open;

    Building(NetworkContext context, Standing standing, Deque<AutoCloseable> open) {
        this.context = context;
        this.standing = standing;
        this.open = open;
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    Parts parts() {
        var events = opened(new EventHub());
        Database database =
                opened(
                        standing == Standing.HOME
                                ? Database.open(context.home().nodeDatabase())
                                : Database.inMemory());
        var bans = new Bans(database, context.clock());
        Catalogue catalogue = catalogue(database);
        var search = opened(new CatalogueSearch(catalogue, index()));
        BlockStore store = opened(new BlockStore(context.home().store(), context.progress()::say));
        var holdings = new Holdings(store, context.clock());
        Host host = opened(host(bans));
        Ping.attach(host);
        Identify identify = Identify.attach(host);
        Kad kad = opened(Kad.attach(host, identify, kad()));
        Gossip gossip = opened(Gossip.attach(host, GossipOptions.standard()));
        ServeOptions served = served(holdings);
        Bitswap bitswap = opened(Bitswap.attach(host, bitswap(served, bans)));
        opened(
                Gateway.attach(
                        host,
                        GatewayOptions.of(served.source(), served.allowed())
                                .limited(served.upload())));
        var exchange =
                opened(
                        CatalogueExchange.attach(
                                host,
                                catalogue,
                                ExchangeLimits.standard(),
                                peer -> bans.ban(peer, FOR_OFFENCES, BROKEN_EXCHANGE)));
        opened(
                SearchService.attach(
                        host,
                        catalogue,
                        search::search,
                        SearchLimits.standard(),
                        peer -> bans.ban(peer, FOR_OFFENCES, BROKEN_SEARCH)));
        return new Parts(
                context,
                host,
                kad,
                gossip,
                bitswap,
                catalogue,
                search,
                exchange,
                holdings,
                new Reputations(database, context.options().reputation(), context.clock()),
                new KnownProviders(database, context.clock()),
                bans,
                events,
                gateway(holdings));
    }

    /** Opens the gateway over plain HTTP, for other programs of this machine. */
    private Optional<String> gateway(Holdings holdings) {
        if (standing == Standing.PASSING) {
            return Optional.empty();
        }
        HostPort listen = context.options().gateways().listen();
        try {
            InetSocketAddress place = listen.resolve();
            String kind = place.getAddress() instanceof Inet6Address ? "/ip6/" : "/ip4/";
            HttpGateway gateway =
                    opened(
                            HttpGateway.listen(
                                    Multiaddr.parse(
                                            kind
                                                    + place.getAddress().getHostAddress()
                                                    + "/tcp/"
                                                    + place.getPort()),
                                    GatewayOptions.of(holdings.store(), holdings::mayServe),
                                    context.clock()));
            return Optional.of(gateway.url());
        } catch (UnknownHostException | IllegalArgumentException | Libp2pException e) {
            throw new MarketplaceException(
                            ErrorCode.NETWORK,
                            "The gateway cannot listen at " + listen + ": " + e.getMessage() + ".",
                            "Set marketplace.p2p.gateway_listen to a free port of this machine,"
                                    + " such as 127.0.0.1:8080, or 127.0.0.1:0 for any.")
                    .causedBy(e);
        }
    }

    private Catalogue catalogue(Database database) {
        Home home = context.home();
        return Catalogue.open(
                database,
                CatalogueLimits.of(
                        context.options().limits().catalogueRecords(),
                        context.options().limits().catalogueBytes()),
                Policy.read(home),
                context.clock());
    }

    private SearchIndex index() {
        return standing == Standing.HOME
                ? SearchIndex.open(context.home().index().resolve("p2p"), IndexUse.SERVICE)
                : SearchIndex.inMemory();
    }

    private Host host(Bans bans) {
        NetworkOptions options = context.options();
        HostOptions host =
                HostOptions.of(key(), context.clock())
                        .limited(limits(options.limits().connections()))
                        .gated(bans)
                        .listening(options.listen().toArray(Multiaddr[]::new));
        if (options.privateNetworkKey().isPresent()) {
            host = host.within(PreSharedKey.read(options.privateNetworkKey().get()));
        }
        if (standing == Standing.HOME) {
            Path file = context.home().nodeDatabase().resolveSibling("peers.db");
            host =
                    host.remembering(
                            opened(
                                    SqlitePeerStore.open(
                                            file, context.clock(), PeerStore.Limits.standard())));
        }
        return Host.start(host);
    }

    private static HostLimits limits(int connections) {
        HostLimits standard = HostLimits.standard();
        return standard.inAll(
                        new ResourceScope.Limits(
                                connections,
                                standard.system().streams(),
                                standard.system().memory()))
                .trimmed(
                        Math.max(1, connections * 3 / 8),
                        Math.max(1, connections * 3 / 4),
                        standard.grace());
    }

    private PrivateKey key() {
        if (standing == Standing.PASSING) {
            return PrivateKey.generate(KeyType.ED25519);
        }
        Path file = context.home().nodeKey();
        try {
            Files.createDirectories(file.getParent());
            boolean encrypted =
                    Files.exists(file)
                            && new String(
                                            Files.readAllBytes(file),
                                            java.nio.charset.StandardCharsets.ISO_8859_1)
                                    .startsWith(PEM);
            Optional<String> passphrase =
                    encrypted ? context.passphrases().opening("the node") : Optional.empty();
            return new IdentityFile(file).openOrCreate(passphrase);
        } catch (IOException e) {
            throw StorageFailure.of("open the node's key " + file, e);
        }
    }

    private KadOptions kad() {
        NetworkOptions options = context.options();
        var validators = new Validators(Map.of(DhtKeys.NAMESPACE, new ReleaseValidator()));
        List<KadOptions.BootstrapAddress> bootstrap =
                options.bootstrap().stream()
                        .map(it -> new KadOptions.BootstrapAddress(it.address(), it.priority()))
                        .toList();
        KadOptions kad = KadOptions.of(KAD, validators).in(mode(options)).joining(bootstrap);
        return standing == Standing.HOME ? keeping(kad, validators) : kad;
    }

    private KadOptions keeping(KadOptions kad, Validators validators) {
        Path file = context.home().nodeDatabase().resolveSibling("kad.db");
        StoreLimits limits = StoreLimits.standard();
        return kad.keeping(
                opened(SqliteRecordStore.open(file, validators, limits)),
                opened(SqliteProviderStore.open(file, limits)),
                opened(SqlitePublicationStore.open(file)));
    }

    private NodeOptions.Mode mode(NetworkOptions options) {
        if (standing == Standing.PASSING || options.role() == NetworkOptions.Role.CLIENT) {
            return NodeOptions.Mode.CLIENT;
        }
        return switch (options.dhtMode()) {
            case AUTO -> NodeOptions.Mode.AUTO;
            case SERVER -> NodeOptions.Mode.SERVER;
            case CLIENT -> NodeOptions.Mode.CLIENT;
        };
    }

    private ServeOptions served(Holdings holdings) {
        boolean serves = context.options().role() == NetworkOptions.Role.COMMUNITY;
        BlockSource source = holdings.store();
        TokenBucket upload =
                context.options()
                        .limits()
                        .upload()
                        .map(most -> TokenBucket.of(most.bytes()))
                        .orElseGet(TokenBucket::unlimited);
        return ServeOptions.of(source, cid -> serves && holdings.mayServe(cid)).limited(upload);
    }

    private static BitswapOptions bitswap(ServeOptions served, Bans bans) {
        return BitswapOptions.serving(served)
                .reporting((peer, offence, detail) -> bans.ban(peer, FOR_OFFENCES, detail));
    }
}

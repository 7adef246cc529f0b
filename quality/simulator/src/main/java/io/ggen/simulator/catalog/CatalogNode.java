package io.ggen.simulator.catalog;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.kad.NetworkGroup;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Introducer;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.marketplace.p2p.exchange.RecordJudge;
import io.ggen.marketplace.p2p.fulltext.CatalogueSearch;
import io.ggen.multiformats.Multiaddr;
import io.ggen.simulator.gossip.GossipNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A node with a catalogue in memory, which survives its ends. Not thread-safe. */
public final class CatalogNode {
    private static final int GROUPS = 200;

    private final CatalogSwarm swarm;
    private final GossipNode gossip;
    private final Catalogue catalogue;
    private final RecordJudge judge;
    private final Map<Sha256, Long> admitted = new HashMap<>();
    private final Deque<CatalogNode> waiting = new ArrayDeque<>();
    private final Set<CatalogNode> served = new HashSet<>();
    private long busyUntil;
    private boolean talking;

    CatalogNode(CatalogSwarm swarm, GossipNode gossip) {
        this.swarm = swarm;
        this.gossip = gossip;
        this.catalogue =
                Catalogue.open(
                        Database.inMemory(),
                        CatalogueLimits.standard(),
                        Policy.open(),
                        swarm.world()::now);
        this.judge = new RecordJudge(catalogue, "");
        catalogue.onAdmitted(it -> admitted.put(it.signed().recordId(), swarm.world().micros()));
    }

    /** Returns its number in the network. */
    public int number() {
        return gossip.number();
    }

    /** Returns the node that brings it messages. */
    public GossipNode gossip() {
        return gossip;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Returns what others know it by: every node is in an internet network of its own. */
    Introducer introducer() {
        int number = number();
        String address = "/ip4/%d.%d.0.1/tcp/4001".formatted(11 + number % GROUPS, number / GROUPS);
        return new Introducer(gossip.id(), NetworkGroup.of(Multiaddr.parse(address)));
    }

    /** Returns when it learned of a record, in microseconds of the world; empty if it did not. */
    public OptionalLong admitted(Sha256 record) {
        Long time = admitted.get(record);
        return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }

    /** Returns whether a search for the package's name finds it here and now. */
    public boolean finds(PackageId id) {
        try (var search = new CatalogueSearch(catalogue, SearchIndex.inMemory())) {
            return search.search(Query.of(id.toString(), 5)).hits().stream()
                    .anyMatch(hit -> hit.id().equals(id));
        }
    }

    /** Takes records without any network. */
    void learn(List<Bytes> envelopes) {
        admit(envelopes, new Source.Exchange(introducer()));
    }

    /** Publishes a record from here. */
    void publish(Bytes envelope) {
        admit(List.of(envelope), new Source.Own());
    }

    private void admit(List<Bytes> envelopes, Source source) {
        for (Admission admission : catalogue.admit(envelopes, source)) {
            if (!(admission instanceof Admission.Admitted)) {
                throw new IllegalStateException("a record that does not belong here");
            }
        }
    }

    Verdict judge(Bytes data, CatalogNode from) {
        return judge.judge(data, from.introducer());
    }

    /** Runs {@code work} when all that came before it is done: each piece takes its time. */
    void work(long micros, Runnable work) {
        busyUntil = Math.max(busyUntil, swarm.world().micros()) + micros;
        swarm.world().at(busyUntil, work);
    }

    /** Has {@code other} wait for an exchange, one at a time. */
    void enqueue(CatalogNode other) {
        if (!waiting.contains(other)) {
            waiting.add(other);
        }
        next();
    }

    private void next() {
        CatalogNode other = talking ? null : waiting.poll();
        if (other != null) {
            talking = true;
            new Talk(swarm, this, other).begin();
        }
    }

    /** Hears that its exchange is over. */
    void over() {
        talking = false;
        next();
    }

    /** Begins to serve an exchange; returns whether there was room for it. */
    boolean serve(CatalogNode other, int most) {
        return served.size() < most && served.add(other);
    }

    void served(CatalogNode other) {
        served.remove(other);
    }

    /** Forgets what a process forgets that ends. */
    void end() {
        waiting.clear();
        served.clear();
    }
}

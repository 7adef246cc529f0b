package io.ggen.node;

import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.network.PeerInfo;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an operator watches, in the text format of Prometheus. Counts what happens at the API; all
 * else is asked of the node at each scrape. Thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">format 0.0.4</a>
 */
final class Metrics {
    private static final double[] SECONDS = {0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10};

    private final AtomicLongArray searches = new AtomicLongArray(SECONDS.length + 1);
    private final LongAdder searchNanos = new LongAdder();
    private final AtomicLongArray requests = new AtomicLongArray(6);
    private final LongAdder installs = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Counts a request that was answered with {@code status}. */
    void request(int status) {
        requests.incrementAndGet(Math.clamp(status / 100, 0, 5));
    }

    /** Counts a search that took so long. */
    void search(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int bucket = 0;
        while (bucket < SECONDS.length && seconds > SECONDS[bucket]) {
            bucket++;
        }
        searches.incrementAndGet(bucket);
        searchNanos.add(took.toNanos());
    }

    /** Counts a package whose content was asked for by an install on this machine. */
    void install(boolean success) {
        (success ? installs : failures).increment();
    }

    /** Returns all metrics now. */
    String text(Network network, String version) {
        StringBuilder out = new StringBuilder(4096);
        NodeStatus status = network.status();
        NodeActivity activity = network.activity();
        name(out, "ggen_node_info", "gauge", "The node that answers.");
        out.append("ggen_node_info{version=\"").append(version).append("\"} 1\n");
        gauge(out, "ggen_node_uptime_seconds", "Since the start.", status.uptime().toSeconds());
        peers(out, network, status);
        searches(out);
        cache(out, status, activity);
        network(out, activity);
        api(out);
        return out.toString();
    }

    private static void peers(StringBuilder out, Network network, NodeStatus status) {
        gauge(out, "ggen_p2p_peer_count", "Connected peers.", status.peers());
        gauge(out, "ggen_p2p_routing_table_peers", "Peers to route by.", status.routingTable());
        double sum = 0;
        int known = 0;
        for (PeerInfo peer : network.peers()) {
            if (peer.reputation().score().isPresent()) {
                sum += peer.reputation().score().getAsDouble();
                known++;
            }
        }
        gauge(
                out,
                "ggen_p2p_peer_reputation_mean",
                "Mean reputation of the connected peers that have one; 0 where none has.",
                known == 0 ? 0 : sum / known);
    }

    private void searches(StringBuilder out) {
        String name = "ggen_marketplace_search_duration_seconds";
        name(out, name, "histogram", "How long searches took.");
        long count = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            count += searches.get(i);
            out.append(name).append("_bucket{le=\"").append(SECONDS[i]).append("\"} ");
            out.append(count).append('\n');
        }
        count += searches.get(SECONDS.length);
        out.append(name).append("_bucket{le=\"+Inf\"} ").append(count).append('\n');
        out.append(name).append("_sum ").append(searchNanos.sum() / 1e9).append('\n');
        out.append(name).append("_count ").append(count).append('\n');
        counter(
                out,
                "ggen_marketplace_install_success_total",
                "Packages whose content an install on this machine got whole.",
                installs.sum());
        counter(
                out,
                "ggen_marketplace_install_failures_total",
                "Packages whose content an install on this machine did not get.",
                failures.sum());
    }

    private static void cache(StringBuilder out, NodeStatus status, NodeActivity activity) {
        long wanted = activity.cacheHits() + activity.cacheMisses();
        gauge(
                out,
                "ggen_cache_hit_rate",
                "Share of wanted blocks that were held.",
                wanted == 0 ? 0 : (double) activity.cacheHits() / wanted);
        gauge(out, "ggen_cache_size_bytes", "Content that is kept.", status.store().bytes());
        gauge(out, "ggen_cache_limit_bytes", "Most content to keep.", status.store().limit());
        gauge(
                out,
                "ggen_catalogue_releases",
                "Releases in the catalogue.",
                status.catalogue().releases());
    }

    private static void network(StringBuilder out, NodeActivity activity) {
        counter(out, "ggen_p2p_dht_queries_total", "Lookups begun.", activity.dhtQueries());
        counter(out, "ggen_p2p_dht_stores_total", "Records put.", activity.dhtStores());
        counter(
                out,
                "ggen_p2p_gossip_received_total",
                "Messages taken.",
                activity.gossipReceived());
        counter(
                out,
                "ggen_p2p_gossip_rejected_total",
                "Messages refused.",
                activity.gossipRejected());
        counter(
                out,
                "ggen_p2p_refused_total",
                "Connections and streams refused by a limit.",
                activity.refused());
        counter(out, "ggen_p2p_sent_bytes_total", "Content sent.", activity.sentBytes());
        counter(out, "ggen_p2p_received_bytes_total", "Content fetched.", activity.receivedBytes());
    }

    private void api(StringBuilder out) {
        name(out, "ggen_api_requests_total", "counter", "Requests by class of their answer.");
        for (int i = 1; i < requests.length(); i++) {
            out.append("ggen_api_requests_total{status=\"").append(i).append("xx\"} ");
            out.append(requests.get(i)).append('\n');
        }
        Runtime runtime = Runtime.getRuntime();
        gauge(
                out,
                "ggen_process_heap_bytes",
                "Heap in use.",
                runtime.totalMemory() - runtime.freeMemory());
    }

    private static void name(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void gauge(StringBuilder out, String name, String help, Number value) {
        name(out, name, "gauge", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void counter(StringBuilder out, String name, String help, long value) {
        name(out, name, "counter", help);
        out.append(name).append(' ').append(value).append('\n');
    }
}

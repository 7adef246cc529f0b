package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.multiformats.Cid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says of what a search found who serves it, as far as is known here: nobody is asked. Thread-safe.
 */
final class HitSources {
    private static final int MORE = 5;
    private static final int MOST = 1_000;

    private final Parts parts;

    HitSources(Parts parts) {
        this.parts = parts;
    }

    /**
     * Searches the catalogue. Packages whose best provider is worse than the query asks for are
     * left out; those of whose providers nothing is known are not.
     */
    SearchResults search(Query query) {
        double least = query.minimumReputation();
        int wide = Math.max(query.limit(), Math.min(MOST, query.limit() * MORE));
        SearchResults found = parts.search().search(least > 0 ? query.withLimit(wide) : query);
        List<SearchHit> hits = new ArrayList<>();
        Map<PeerId, OptionalDouble> scores = new HashMap<>();
        int worse = 0;
        for (SearchHit each : found.hits()) {
            SearchHit hit = sourced(each, scores);
            if (hit.reputation().orElse(1) < least) {
                worse++;
            } else if (hits.size() < query.limit()) {
                hits.add(hit);
            }
        }
        return new SearchResults(
                hits, found.total() - worse, found.incomplete(), found.categories(), found.tags());
    }

    private SearchHit sourced(SearchHit hit, Map<PeerId, OptionalDouble> scores) {
        PackageRef ref = new PackageRef(hit.id(), hit.publisher());
        Optional<Cid> content = parts.catalogue().contentOf(ref, hit.version());
        if (content.isEmpty()) {
            return hit;
        }
        int providers = parts.holdings().mayServe(content.get()) ? 1 : 0;
        OptionalDouble best = OptionalDouble.empty();
        for (PeerId peer : parts.knownProviders().of(content.get())) {
            if (!parts.bans().isBanned(peer)) {
                providers++;
                OptionalDouble score =
                        scores.computeIfAbsent(peer, it -> parts.reputations().of(it).score());
                if (score.isPresent() && score.getAsDouble() > best.orElse(-1)) {
                    best = score;
                }
            }
        }
        return hit.servedBy(providers, best);
    }
}

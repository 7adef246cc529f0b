package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.ProvidersFound;
import io.ggen.libp2p.key.PeerId;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** To find providers, until there are enough. */
final class ProvidersGoal implements Goal {
    private final KadRequest.GetProviders question;
    private final int enough;
    private final Set<PeerId> found = new HashSet<>();

    ProvidersGoal(KadRequest.GetProviders question, int enough) {
        this.question = question;
        this.enough = enough;
    }

    @Override
    public KadRequest question() {
        return question;
    }

    @Override
    public List<QueryEffect> heard(KadPeer peer, KadAnswer answer) {
        return known(answer);
    }

    @Override
    public List<QueryEffect> known(KadAnswer answer) {
        List<KadPeer> news =
                answer.providers().stream()
                        .filter(provider -> !isEnough() && found.add(provider.id()))
                        .toList();
        return news.isEmpty() ? List.of() : List.of(new ProvidersFound(news));
    }

    @Override
    public boolean isEnough() {
        return found.size() >= enough;
    }
}

package io.ggen.marketplace.p2p.node;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.gossipsub.Subscriber;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.network.EventHub;
import io.ggen.marketplace.core.network.NetworkEvent;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.exchange.RecordJudge;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The topic in which nodes tell each other of new records, and those of its categories. A record is
 * judged before it is sent on.
 */
final class Topics {
    private static final String BASE = "/ggen/packages/v1";

    private final String main;
    private final String category;
    private final Gossip gossip;
    private final RecordJudge judge;
    private final Introducers introducers;
    private final Providers providers;
    private final EventHub events;
    private final InstantSource clock;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();

    /**
     * @param topic in which this node listens: the main one, or that of one category
     */
    Topics(String topic, Parts parts, Introducers introducers, Providers providers) {
        boolean narrow = topic.startsWith(BASE + "/");
        this.main = narrow ? BASE : topic;
        this.category = narrow ? topic.substring(BASE.length() + 1) : "";
        this.gossip = parts.gossip();
        this.judge = new RecordJudge(parts.catalogue(), category);
        this.providers = providers;
        this.events = parts.events();
        this.clock = parts.host().options().clock();
        this.introducers = introducers;
    }

    /** Begins to listen. */
    void subscribe() {
        gossip.subscribe(topic(), new Listener());
    }

    private String topic() {
        return category.isEmpty() ? main : main + "/" + category;
    }

    /** Returns where a record is told: the main topic, and those of a release's categories. */
    List<String> of(SignedRecord signed) {
        List<String> topics = new ArrayList<>(List.of(main));
        if (signed instanceof SignedRecord.OfRelease it) {
            it.release().about().categories().forEach(each -> topics.add(main + "/" + each));
        }
        return topics;
    }

    long received() {
        return received.get();
    }

    long rejected() {
        return rejected.get();
    }

    /** Whoever tells of a release first serves it. */
    private void note(PeerId author, Bytes data) {
        if (ReleaseVerifier.verifiedBefore(data) instanceof SignedRecord.OfRelease it) {
            providers.announced(it, author);
        }
    }

    private final class Listener implements Subscriber {
        @Override
        public Verdict validate(PeerId from, PeerId author, Bytes data) {
            Verdict verdict = judge.judge(data, introducers.of(from));
            if (verdict == Verdict.REJECT) {
                rejected.incrementAndGet();
            }
            return verdict;
        }

        @Override
        public void deliver(PeerId author, Bytes data) {
            received.incrementAndGet();
            note(author, data);
            events.publish(
                    new NetworkEvent.GossipReceived(
                            clock.instant(), topic(), author.toString(), data.length()));
        }
    }
}

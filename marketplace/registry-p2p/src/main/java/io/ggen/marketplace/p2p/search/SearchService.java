package io.ggen.marketplace.p2p.search;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Held;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers other nodes' questions from this node's catalogue. Each peer may ask so often; beyond
 * that its streams are reset. A peer whose question cannot be read loses its connection.
 * Thread-safe.
 */
public final class SearchService implements AutoCloseable {
    /** The protocol of questions and answers. */
    public static final String PROTOCOL = "/ggen/search/1.0.0";

    private final Host host;
    private final Catalogue catalogue;
    private final Function<Query, SearchResults> fullText;
    private final SearchLimits limits;
    private final Consumer<PeerId> onViolation;
    private final Semaphore incoming;
    private final PeerRates rates;

    private SearchService(
            Host host,
            Catalogue catalogue,
            Function<Query, SearchResults> fullText,
            SearchLimits limits,
            Consumer<PeerId> onViolation) {
        this.host = host;
        this.catalogue = catalogue;
        this.fullText = fullText;
        this.limits = limits;
        this.onViolation = onViolation;
        this.incoming = new Semaphore(limits.incoming());
        this.rates = new PeerRates(limits.interval(), limits.burst());
    }

    /**
     * Lets {@code host} answer from now until this is closed.
     *
     * @param fullText searches the catalogue by words
     * @param onViolation hears of each peer that broke a rule, once its connection is closed
     */
    public static SearchService attach(
            Host host,
            Catalogue catalogue,
            Function<Query, SearchResults> fullText,
            SearchLimits limits,
            Consumer<PeerId> onViolation) {
        var service = new SearchService(host, catalogue, fullText, limits, onViolation);
        host.handle(PROTOCOL, service::serve);
        return service;
    }

    private void serve(Stream stream) {
        if (!isAllowed(stream.remotePeer()) || !incoming.tryAcquire()) {
            throw new Libp2pException(
                    Libp2pException.Code.LIMIT_EXCEEDED,
                    stream.remotePeer() + " asks more than it may");
        }
        try (Deadline deadline = Deadline.start(limits.patience(), stream::reset)) {
            Bytes message =
                    Frames.read(stream, Question.MAX_LENGTH)
                            .orElseThrow(() -> new MalformedMessageException("no question"));
            Frames.write(stream, answer(Question.decode(message)).encode());
            stream.closeWrite();
            deadline.met();
        } catch (Libp2pException e) {
            if (e.code() == Libp2pException.Code.MALFORMED
                    || e.code() == Libp2pException.Code.PROTOCOL_VIOLATION) {
                stream.connection().close();
                onViolation.accept(stream.remotePeer());
            }
            throw e;
        } finally {
            incoming.release();
        }
    }

    private synchronized boolean isAllowed(PeerId peer) {
        return rates.allows(peer, host.options().clock().instant());
    }

    private Answer answer(Question question) {
        return question.id()
                .map(id ->
                        Answer.fitting(
                                catalogue
                                        .releases(new PackageRef(id, question.query().publisher()))
                                        .stream()
                                        .map(SearchService::group)
                                        .toList(),
                                true))
                .orElseGet(() -> found(question.query()));
    }

    private Answer found(Query query) {
        SearchResults results = fullText.apply(query);
        List<List<Bytes>> groups = new ArrayList<>();
        for (SearchHit hit : results.hits()) {
            catalogue.releases(new PackageRef(hit.id(), hit.publisher()), hit.version()).stream()
                    .filter(held -> !held.isContradicted())
                    .findFirst()
                    .map(SearchService::group)
                    .ifPresent(groups::add);
        }
        return Answer.fitting(groups, !results.incomplete());
    }

    private static List<Bytes> group(Held held) {
        Bytes release = EnvelopeCodec.encode(held.signed().envelope());
        return held.yank()
                .map(yank -> List.of(release, EnvelopeCodec.encode(yank.envelope())))
                .orElse(List.of(release));
    }

    /** Answers no more; the host stays open. */
    @Override
    public void close() {
        host.unhandle(PROTOCOL);
    }
}

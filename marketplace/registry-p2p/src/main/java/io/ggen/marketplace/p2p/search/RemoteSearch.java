package io.ggen.marketplace.p2p.search;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks other nodes for packages and verifies what they answer; the ranking of the answers is the
 * asker's own affair. A peer that answers with what is not genuine, or not of the id that was asked
 * for, loses its connection. Thread-safe; blocks.
 */
public final class RemoteSearch {
    private final Host host;
    private final Consumer<PeerId> onViolation;

    /**
     * Makes the asking side of {@code host}.
     *
     * @param onViolation hears of each peer that broke a rule, once its connection is closed
     */
    public RemoteSearch(Host host, Consumer<PeerId> onViolation) {
        this.host = host;
        this.onViolation = onViolation;
    }

    /** A peer's answer, verified. */
    private record Verified(PeerId peer, List<SignedRecord> records, boolean isComplete) {}

    /**
     * Asks all of {@code peers} at once and returns what came within {@code patience}.
     *
     * @throws Libp2pException TIMEOUT when the calling thread is interrupted
     */
    public Gathered ask(Collection<PeerId> peers, Question question, Duration patience) {
        List<Callable<Verified>> tasks = new ArrayList<>();
        for (PeerId peer : new LinkedHashSet<>(peers)) {
            tasks.add(() -> ask(peer, question, patience));
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<Verified>> answers =
                    threads.invokeAll(tasks, patience.toMillis(), TimeUnit.MILLISECONDS);
            return gathered(answers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(
                    Libp2pException.Code.TIMEOUT, "interrupted while others were asked", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Gathered gathered(List<Future<Verified>> answers) throws InterruptedException {
        Map<Sha256, SignedRecord> records = new LinkedHashMap<>();
        Set<PeerId> answered = new LinkedHashSet<>();
        boolean isComplete = true;
        for (Future<Verified> answer : answers) {
            try {
                Verified verified = answer.get();
                answered.add(verified.peer());
                isComplete &= verified.isComplete();
                verified.records().forEach(it -> records.putIfAbsent(it.recordId(), it));
            } catch (CancellationException e) {
                isComplete = false;
            } catch (ExecutionException e) {
                isComplete = false;
                System.getLogger(RemoteSearch.class.getName())
                        .log(System.Logger.Level.DEBUG, "a peer does not answer", e);
            }
        }
        return new Gathered(List.copyOf(records.values()), answered, isComplete);
    }

    private Verified ask(PeerId peer, Question question, Duration patience) {
        Stream stream = host.open(peer, SearchService.PROTOCOL);
        try (stream;
                Deadline deadline = Deadline.start(patience, stream::reset)) {
            Frames.write(stream, question.encode());
            Bytes message =
                    Frames.read(stream, Answer.MAX_LENGTH)
                            .orElseThrow(() ->
                                    new Libp2pException(
                                            Libp2pException.Code.CONNECTION_CLOSED,
                                            peer + " does not answer"));
            Answer answer = Answer.decode(message);
            deadline.met();
            return new Verified(peer, verified(answer, question), answer.isComplete());
        } catch (Libp2pException e) {
            stream.reset();
            if (e.code() == Libp2pException.Code.MALFORMED
                    || e.code() == Libp2pException.Code.PROTOCOL_VIOLATION) {
                stream.connection().close();
                onViolation.accept(peer);
            }
            throw e;
        }
    }

    private static List<SignedRecord> verified(Answer answer, Question question) {
        List<SignedRecord> records = new ArrayList<>();
        for (Bytes envelope : answer.envelopes()) {
            SignedRecord signed = verified(envelope);
            if (question.id().isPresent() && !id(signed).equals(question.id().get())) {
                throw new MalformedMessageException("a record of another id than was asked for");
            }
            records.add(signed);
        }
        return records;
    }

    private static SignedRecord verified(Bytes envelope) {
        try {
            return ReleaseVerifier.verify(envelope);
        } catch (MarketplaceException e) {
            throw new MalformedMessageException("a record that is not genuine: " + e.getMessage());
        }
    }

    private static PackageId id(SignedRecord signed) {
        return switch (signed) {
            case SignedRecord.OfRelease it -> it.release().id();
            case SignedRecord.OfYank it -> it.yank().id();
        };
    }
}

package io.ggen.marketplace.p2p.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.catalogue.Author;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.CatalogueLimits;
import io.ggen.marketplace.p2p.catalogue.Policy;
import io.ggen.marketplace.p2p.catalogue.Source;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

@Timeout(60)
final class RemoteSearchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualClock clock = ManualClock.at("2026-01-02T00:00:00Z");
    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Host> hosts = new ArrayList<>();
    private final Set<PeerId> violators = ConcurrentHashMap.newKeySet();
    private final Host asker = host();
    private final RemoteSearch search = new RemoteSearch(asker, violators::add);
    private final Author alice = new Author(1);

    private Host host() {
        Host host =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.ED25519), clock)
                                .over(network.node("n" + hosts.size()))
                                .listening(Multiaddr.parse("/memory/0")));
        hosts.add(host);
        return host;
    }

    @AfterEach
    void close() {
        hosts.forEach(Host::close);
    }

    /** Starts a node that has {@code envelopes}; its full-text search lists whatever it has. */
    private PeerId server(Bytes... envelopes) {
        var catalogue =
                Catalogue.open(
                        Database.inMemory(), CatalogueLimits.standard(), Policy.open(), clock);
        catalogue.admit(List.of(envelopes), new Source.Own());
        Host host = host();
        SearchService.attach(
                host,
                catalogue,
                query -> listed(catalogue),
                SearchLimits.standard(),
                violators::add);
        asker.dial(host.peerId(), host.addresses());
        return host.peerId();
    }

    private static SearchResults listed(Catalogue catalogue) {
        List<SearchHit> hits = new ArrayList<>();
        for (PackageRef ref : catalogue.packages()) {
            Version version = catalogue.versions(ref).getLast().version();
            hits.add(
                    new SearchHit(
                            ref.id(),
                            version,
                            ref.publisher(),
                            "",
                            List.of(),
                            List.of(),
                            "p2p",
                            1,
                            OptionalDouble.empty(),
                            0));
        }
        return new SearchResults(hits, hits.size(), false, Map.of(), Map.of());
    }

    private Gathered ask(Question question, PeerId... peers) {
        return search.ask(List.of(peers), question, PATIENCE);
    }

    private static List<Envelope> envelopes(Gathered gathered) {
        return gathered.records().stream().map(SignedRecord::envelope).toList();
    }

    @Test
    void allReleasesOfAnIdComeFromWhoeverHasSome() {
        Bytes first = alice.release("ui", "1.0.0");
        Bytes second = alice.release("ui", "1.1.0");
        Bytes yank = alice.yank("ui", "1.1.0");
        Bytes other = new Author(2).release("ui", "3.0.0");
        PeerId one = server(first, second, yank, alice.release("else", "1.0.0"));
        PeerId two = server(first, other);
        Question question = Question.of(PackageRef.of(new PackageId("ui")));
        Gathered gathered = ask(question, one, two);
        assertThat(gathered.answered()).containsExactlyInAnyOrder(one, two);
        assertThat(gathered.isComplete()).isTrue();
        assertThat(gathered.records()).hasSize(4);
        Gathered ofAlice =
                ask(Question.of(PackageRef.of(new PackageId("ui"), alice.did())), one, two);
        assertThat(ofAlice.records()).hasSize(3);
        List<Envelope> envelopes = envelopes(ofAlice);
        assertThat(envelopes.get(1).payloadType()).isEqualTo(Envelope.YANK);
    }

    @Test
    void packagesAreFoundByWords() {
        PeerId one = server(alice.release("ui", "1.0.0"), alice.release("kit", "1.0.0"));
        assertThat(ask(Question.of(Query.of("anything", 10)), one).records()).hasSize(2);
    }

    @Test
    void whoDoesNotAnswerMakesItIncomplete() {
        PeerId one = server(alice.release("ui", "1.0.0"));
        Host silent = host();
        asker.dial(silent.peerId(), silent.addresses());
        Gathered gathered = ask(Question.of(Query.of("", 10)), one, silent.peerId());
        assertThat(gathered.records()).hasSize(1);
        assertThat(gathered.isComplete()).isFalse();
    }

    private PeerId answering(Answer answer) {
        Host host = host();
        host.handle(
                SearchService.PROTOCOL,
                stream -> {
                    Frames.read(stream, Question.MAX_LENGTH);
                    Frames.write(stream, answer.encode());
                });
        asker.dial(host.peerId(), host.addresses());
        return host.peerId();
    }

    @Test
    void aForgedAnswerCostsTheConnectionAndNotTheOtherAnswers() {
        String genuine = alice.release("ui", "1.0.0").utf8();
        String other = new Author(2).release("ui", "1.0.0").utf8();
        Bytes forged =
                Bytes.utf8(
                        genuine.substring(0, genuine.indexOf("\"sig\""))
                                + other.substring(other.indexOf("\"sig\"")));
        PeerId liar = answering(new Answer(List.of(forged), true));
        PeerId honest = server(alice.release("ui", "2.0.0"));
        Gathered gathered = ask(Question.of(Query.of("", 10)), liar, honest);
        assertThat(gathered.records()).hasSize(1);
        assertThat(gathered.isComplete()).isFalse();
        assertThat(violators).containsExactly(liar);
    }

    @Test
    void aRecordOfAnotherIdThanWasAskedForIsAViolation() {
        PeerId liar = answering(new Answer(List.of(alice.release("evil", "1.0.0")), true));
        Gathered gathered = ask(Question.of(PackageRef.of(new PackageId("ui"))), liar);
        assertThat(gathered.records()).isEmpty();
        assertThat(violators).containsExactly(liar);
    }

    @Test
    void whoAsksTooOftenIsNotAnsweredForAWhile() {
        PeerId one = server(alice.release("ui", "1.0.0"));
        Question question = Question.of(Query.of("", 1));
        for (int i = 0; i < 20; i++) {
            assertThat(ask(question, one).answered()).hasSize(1);
        }
        assertThat(ask(question, one).answered()).isEmpty();
        clock.advance(Duration.ofMillis(200));
        assertThat(ask(question, one).answered()).hasSize(1);
    }

    @Test
    void aQuestionThatCannotBeReadCostsTheConnection() {
        PeerId one = server();
        Stream stream = asker.open(one, SearchService.PROTOCOL);
        Frames.write(stream, Bytes.fromHex("2203646964")); // the publisher is not a DID
        assertThatThrownBy(() -> Frames.read(stream, Answer.MAX_LENGTH).orElseThrow())
                .isInstanceOf(RuntimeException.class);
        while (!violators.contains(asker.peerId())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anAnswerIsCutBelowOneMebibyteBetweenGroups() {
        List<List<Bytes>> groups = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            groups.add(List.of(Bytes.wrap(new byte[12_000]), Bytes.wrap(new byte[12_000])));
        }
        Answer answer = Answer.fitting(groups, true);
        assertThat(answer.isComplete()).isFalse();
        assertThat(answer.envelopes().size() % 2).isZero();
        assertThat(answer.encode().length()).isBetween(1_000_000, Answer.MAX_LENGTH);
        assertThat(Answer.decode(answer.encode())).isEqualTo(answer);
    }

    @Test
    void questionsAreReadAsTheyAreWritten() {
        var query =
                new Query(
                        "html kit",
                        List.of("tools"),
                        List.of("a", "b"),
                        Optional.of(alice.did()),
                        0,
                        7,
                        false);
        Question byWords = Question.of(query);
        assertThat(Question.decode(byWords.encode())).isEqualTo(byWords);
        Question byId = Question.of(PackageRef.of(new PackageId("acme/ui")));
        assertThat(Question.decode(byId.encode())).isEqualTo(byId);
    }
}

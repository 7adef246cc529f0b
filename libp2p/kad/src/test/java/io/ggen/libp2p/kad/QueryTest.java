package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.ProvidersFound;
import io.ggen.libp2p.kad.QueryEffect.Secured;
import io.ggen.libp2p.kad.QueryEffect.ValueFound;
import io.ggen.libp2p.key.PeerId;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

final class QueryTest {
    private static final QueryOptions OPTIONS = QueryOptions.standard();
    private static final Bytes KEY = Bytes.utf8("/n/key");
    private static final Place PLACE = Place.of(KEY);
    private static final KadRequest.GetValue GET = new KadRequest.GetValue(KEY);
    private static final KadRequest FIND = new KadRequest.FindNode(KEY);
    private static final Instant START = PlainNetwork.START;
    private static final Validators NUMBERS =
            new Validators(
                    Map.of(
                            "n",
                            new Validator() {
                                @Override
                                public boolean isValid(KadRecord record) {
                                    return record.value().length() == 1;
                                }

                                @Override
                                public int compare(KadRecord a, KadRecord b) {
                                    return a.value().compareTo(b.value());
                                }
                            }));

    @Test
    void findsTheTrueNearestInNetworksOfEverySize() {
        Property.forAll(
                random -> List.of(2 + random.nextInt(300), random.nextInt(1000)),
                15,
                drawn -> {
                    var network = new PlainNetwork(drawn.get(0), drawn.get(1));
                    Bytes target = Bytes.utf8("target " + drawn.get(1));
                    assertThat(find(network, target).nearest())
                            .isEqualTo(network.truth(Place.of(target)));
                    assertThat(network.asked()).isLessThan(80);
                });
    }

    @Test
    void findsWhoLivesAmongTheTrueNearestWithAFifthDead() {
        int found = 0;
        int all = 0;
        var network = new PlainNetwork(400, Property.seed());
        network.kill(0.2);
        for (int i = 0; i < 30; i++) {
            Bytes target = Bytes.utf8("target " + i);
            List<PeerId> nearest = ids(find(network, target).nearest());
            List<PeerId> truth = ids(network.survivors(Place.of(target)));
            found += (int) truth.stream().filter(nearest::contains).count();
            all += truth.size();
        }
        assertThat(found).as("of %d, seed %d", all, Property.seed()).isGreaterThan(all * 99 / 100);
        assertThat(network.elapsed()).isLessThan(Duration.ofSeconds(30 * 5));
    }

    @Test
    void lyingAnswersDoNotDerailIt() {
        for (int i = 0; i < 3; i++) {
            var network = new PlainNetwork(300, Property.seed() + i);
            network.corrupt(0.2, PLACE);
            Done done = find(network, KEY);
            assertThat(ids(done.nearest()))
                    .as("seed %d", Property.seed() + i)
                    .isEqualTo(ids(network.truth(PLACE)));
            assertThat(network.elapsed()).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void asksTenAtATimeAndEightToSpareUntilTheNearestAnswer() {
        List<KadPeer> seeds = Stream.iterate(1L, n -> n + 1).limit(20).map(Peers::peer).toList();
        Query query = Query.findNode(Peers.id(0), KEY, OPTIONS).from(seeds);
        assertThat(query.next(START)).hasSize(18);
        assertThat(query.next(START)).isEmpty();
        Instant wake = query.wakeUp(START).orElseThrow();
        assertThat(wake).isBetween(START.plusMillis(100), START.plusSeconds(1));
        assertThat(query.next(wake)).as("they are slower than most").hasSize(2);
    }

    /** Lets twenty be asked, all take the connection and {@code answers} of them answer. */
    private static List<QueryEffect> reached(Query query, int answers) {
        List<KadPeer> seeds = Stream.iterate(1L, n -> n + 1).limit(20).map(Peers::peer).toList();
        query.from(seeds).next(START);
        seeds.forEach(peer -> query.onReached(peer.id(), START.plusMillis(50)));
        assertThat(query.next(START.plusMillis(50))).as("α bounds the silent").hasSize(2);
        seeds.forEach(peer -> query.onReached(peer.id(), START.plusMillis(90)));
        seeds.subList(0, answers)
                .forEach(peer ->
                        query.onAnswer(peer, FIND, KadAnswer.of(List.of()), START.plusMillis(99)));
        return query.next(START.plusMillis(99));
    }

    @Test
    void theNearestAreKnownOnceAQuarterAnswersAndTheOthersTakeConnections() {
        assertThat(reached(Query.closest(Peers.id(0), KEY, OPTIONS), 4)).isEmpty();
        assertThat(reached(Query.closest(Peers.id(0), KEY, OPTIONS), 5))
                .singleElement()
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.nearest()).hasSize(20));
        assertThat(reached(Query.findNode(Peers.id(0), KEY, OPTIONS), 19))
                .as("who stores or sweeps waits for every answer")
                .isEmpty();
    }

    @Test
    void anAnswerThatComesAfterPatienceStillCounts() {
        KadPeer slow = Peers.peer(1);
        Query query = Query.findNode(Peers.id(0), KEY, OPTIONS).from(List.of(slow));
        assertThat(query.next(START)).hasSize(1);
        assertThat(query.next(START.plusSeconds(5))).isEmpty();
        query.onAnswer(slow, FIND, KadAnswer.of(List.of()), START.plusSeconds(5));
        assertThat(query.next(START.plusSeconds(6)))
                .containsExactly(new Done(List.of(slow), Optional.empty(), 0));
        assertThat(query.next(START.plusSeconds(7))).isEmpty();
        assertThat(query.wakeUp(START)).isEmpty();
    }

    @Test
    void endsAfterTheDeadlineWhenNobodyAnswersAndAtOnceWhenNobodyIsKnown() {
        Query silent = Query.findNode(Peers.id(0), KEY, OPTIONS).from(List.of(Peers.peer(1)));
        silent.next(START);
        assertThat(silent.next(START.plusSeconds(10)))
                .containsExactly(new Done(List.of(), Optional.empty(), 0));
        assertThat(Query.findNode(Peers.id(0), KEY, OPTIONS).next(START))
                .containsExactly(new Done(List.of(), Optional.empty(), 0));
    }

    @Test
    void answersOfPeersThatWereNotAskedAreIgnored() {
        Query query = Query.findNode(Peers.id(0), KEY, OPTIONS).from(List.of(Peers.peer(1)));
        query.next(START);
        query.onAnswer(Peers.peer(2), FIND, KadAnswer.of(List.of(Peers.peer(3))), START);
        assertThat(query.next(START)).isEmpty();
    }

    @Test
    void whatIsPutHereIsFoundThereAlsoWithAFifthDead() {
        var network = new PlainNetwork(300, Property.seed());
        network.kill(0.2);
        Done put = network.run(start(network, Query.putValue(self(network), put(7), OPTIONS)));
        assertThat(put.holders()).isGreaterThanOrEqualTo(16);
        assertThat(network.effects).filteredOn(Secured.class::isInstance).hasSize(1);
        assertThat(network.values.keySet()).containsAll(ids(network.survivors(PLACE)));
        assertThat(get(network, 3).value()).contains(record(7));
    }

    @Test
    void theBestOfSeveralValuesIsFoundAndStaleHoldersAreCorrected() {
        var network = new PlainNetwork(200, Property.seed());
        List<PeerId> near = ids(network.truth(PLACE));
        near.subList(0, 18).forEach(peer -> network.values.put(peer, record(1)));
        network.values.put(near.get(5), record(9));
        Done done = get(network, 100);
        assertThat(done.value()).contains(record(9));
        near.forEach(peer -> assertThat(network.values.get(peer)).isEqualTo(record(9)));
    }

    @Test
    void aValueThatIsNotValidIsNeverReturnedAndIsCorrected() {
        var network = new PlainNetwork(100, Property.seed());
        List<PeerId> near = ids(network.truth(PLACE));
        near.forEach(peer -> network.values.put(peer, new KadRecord(KEY, Bytes.utf8("poison"))));
        assertThat(get(network, 3).value()).isEmpty();
        network.values.put(near.getLast(), record(2));
        assertThat(get(network, 100).value()).contains(record(2));
        near.forEach(peer -> assertThat(network.values.get(peer)).isEqualTo(record(2)));
    }

    @Test
    void aValueOfAnotherNamespaceIsNotValid() {
        assertThat(NUMBERS.isValid(new KadRecord(Bytes.utf8("/m/key"), Bytes.of((byte) 1))))
                .isFalse();
        assertThat(NUMBERS.isValid(record(1))).isTrue();
    }

    @Test
    void readingEndsWithTheQuorum() {
        var network = new PlainNetwork(200, Property.seed());
        network.peers.forEach(peer -> network.values.put(peer.id(), record(1)));
        assertThat(get(network, 3).value()).contains(record(1));
        assertThat(network.elapsed()).isLessThan(Duration.ofMillis(150));
        assertThat(network.effects).filteredOn(ValueFound.class::isInstance).hasSize(1);
    }

    @Test
    void aProviderThatWasAddedIsFound() {
        var network = new PlainNetwork(200, Property.seed());
        Bytes content = Bytes.utf8("content");
        KadPeer provider = network.asker();
        var add = new KadRequest.AddProvider(content, provider);
        Done added = network.run(start(network, Query.addProvider(provider.id(), add, OPTIONS)));
        assertThat(added.holders()).isEqualTo(20);
        var question = new KadRequest.GetProviders(content);
        network.run(start(network, Query.getProviders(self(network), question, 1, OPTIONS)));
        assertThat(network.effects).contains(new ProvidersFound(List.of(provider)));
    }

    @Test
    void storingIsSecuredAtThreeOfFourWhileTheRestGoesOn() {
        KadPeer[] peers = {Peers.peer(1), Peers.peer(2), Peers.peer(3), Peers.peer(4)};
        Query query = Query.putValue(Peers.id(0), put(1), OPTIONS).from(List.of(peers));
        query.next(START);
        Stream.of(peers)
                .forEach(peer -> query.onAnswer(peer, FIND, KadAnswer.of(List.of()), START));
        assertThat(query.next(START)).hasSize(4).allMatch(Ask.class::isInstance);
        query.onAnswer(peers[0], put(1), KadAnswer.of(List.of()), START);
        query.onAnswer(peers[1], put(1), KadAnswer.of(List.of()), START);
        assertThat(query.next(START)).isEmpty();
        query.onAnswer(peers[2], put(1), KadAnswer.of(List.of()), START);
        assertThat(query.next(START)).containsExactly(new Secured(3));
        query.onFailure(peers[3].id(), put(1));
        assertThat(query.next(START))
                .singleElement()
                .isInstanceOfSatisfying(
                        Done.class, done -> assertThat(done.holders()).isEqualTo(3));
    }

    private static Done find(PlainNetwork network, Bytes target) {
        Query query = Query.findNode(self(network), target, OPTIONS);
        return network.run(query.from(network.seeds(Place.of(target))));
    }

    private static Done get(PlainNetwork network, int quorum) {
        return network.run(
                start(network, Query.getValue(self(network), GET, NUMBERS, quorum, OPTIONS)));
    }

    private static Query start(PlainNetwork network, Query query) {
        return query.from(network.seeds(PLACE));
    }

    private static PeerId self(PlainNetwork network) {
        return network.asker().id();
    }

    private static KadRequest.PutValue put(int value) {
        return new KadRequest.PutValue(record(value));
    }

    private static KadRecord record(int value) {
        return new KadRecord(KEY, Bytes.of((byte) value));
    }

    private static List<PeerId> ids(List<KadPeer> peers) {
        return peers.stream().map(KadPeer::id).toList();
    }
}

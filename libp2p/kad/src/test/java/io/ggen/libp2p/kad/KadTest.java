package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.kad.NodeOptions.Mode;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.transport.MemoryNetwork;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

@Timeout(60)
final class KadTest {
    private static final Bytes KEY = Bytes.utf8("/n/key");
    private static final Bytes VALUE = Bytes.utf8("value");
    private static final Bytes CONTENT = Bytes.utf8("content");

    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Party> parties = new ArrayList<>();

    private Party party(UnaryOperator<KadOptions> change) {
        Party party = Party.in(network.node("n" + parties.size()), change);
        parties.add(party);
        return party;
    }

    /** Starts parties that join through the first one and lets all know each other. */
    private List<Party> joined(int count) {
        Party first = party(same -> same);
        for (int i = 1; i < count; i++) {
            party(options -> options.joining(List.of(first.door())));
            for (Party party : parties) {
                Party.eventually(() -> party.kad.table().size() == parties.size() - 1);
            }
        }
        return parties;
    }

    @AfterEach
    void stop() {
        parties.forEach(Party::close);
    }

    @Test
    void whatOneStoresAnotherFinds() {
        Party one = joined(4).getFirst();
        assertThat(one.kad.put(KEY, VALUE).holders()).isBetween(2, 3);
        KadResult.Value found = parties.getLast().kad.get(KEY, 3);
        assertThat(found.best()).contains(new KadRecord(KEY, VALUE));
        assertThat(found.complete()).isTrue();
        assertThat(found.answers()).isBetween(1, 3);
    }

    @Test
    void whatOneProvidesAnotherFindsWithItsAddresses() {
        Party one = joined(4).getFirst();
        assertThat(one.kad.provide(CONTENT).holders()).isBetween(2, 3);
        KadPeer provider = new KadPeer(one.id(), one.host.addresses());
        assertThat(parties.getLast().kad.providers(CONTENT, 10).peers()).containsExactly(provider);
    }

    @Test
    void findsPeersByNameAndByNearness() {
        List<Party> all = joined(5);
        Party one = all.getFirst();
        Party last = all.getLast();
        assertThat(one.kad.closest(CONTENT).peers()).hasSize(4);
        Party fifth = party(options -> options.joining(List.of(last.door())));
        Party.eventually(() -> last.knows(fifth));
        assertThat(one.kad.findPeer(fifth.id()).map(KadPeer::addresses))
                .contains(fifth.host.addresses());
        assertThat(one.kad.findPeer(Peers.id(1))).isEmpty();
    }

    @Test
    void theBetterValueIsReturnedAndTold() {
        List<Party> all = joined(3);
        all.get(0).kad.put(KEY, Bytes.utf8("old"));
        all.get(1).kad.put(KEY, Bytes.utf8("newer"));
        for (Party party : all) {
            assertThat(party.kad.get(KEY, 10).best())
                    .contains(new KadRecord(KEY, Bytes.utf8("newer")));
        }
        assertThatThrownBy(() -> all.get(0).kad.put(KEY, Bytes.utf8("old")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLoneHostAnswersFromWhatItHas() {
        Party alone = party(same -> same);
        assertThat(alone.kad.put(KEY, VALUE)).isEqualTo(new KadResult.Stored(0, true));
        assertThat(alone.kad.get(KEY, 3).best()).contains(new KadRecord(KEY, VALUE));
        assertThat(alone.kad.closest(CONTENT)).isEqualTo(new KadResult.Peers(List.of(), true));
    }

    @Test
    void aClientFindsButIsInNobodysTable() {
        Party server = party(same -> same);
        Party client = party(options -> options.in(Mode.CLIENT).joining(List.of(server.door())));
        Party.eventually(() -> client.knows(server));
        assertThat(client.kad.put(KEY, VALUE).holders()).isOne();
        assertThat(server.kad.get(KEY, 1).best()).contains(new KadRecord(KEY, VALUE));
        assertThat(server.knows(client)).isFalse();
        assertThat(client.kad.isServer()).isFalse();
        assertThat(client.host.protocols()).doesNotContain(Party.PROTOCOL);
    }

    @Test
    void whoCeasesToServeLeavesTheTablesOfOthers() {
        List<Party> all = joined(3);
        all.get(2).kad.close();
        assertThat(all.get(2).host.protocols()).doesNotContain(Party.PROTOCOL);
        Party.eventually(() -> {
            all.get(0).kad.closest(CONTENT);
            return all.get(0).kad.closest(CONTENT).peers().size() == 1;
        });
    }

    @Test
    void aSilentPeerCostsPatienceButTheRestIsReturned() {
        Party one = party(options -> options.patient(Duration.ofMillis(1500)));
        Party two = party(options -> options.joining(List.of(one.door())));
        Party three = party(options -> options.joining(List.of(one.door())));
        Party.eventually(() -> one.knows(two) && one.knows(three) && two.knows(three));
        two.kad.put(KEY, VALUE);
        network.partition("n2");
        KadResult.Value found = one.kad.get(KEY, 10);
        assertThat(found.best()).contains(new KadRecord(KEY, VALUE));
        assertThat(found.complete()).as("one is still being waited for").isFalse();
    }

    @Test
    void tellsOfTasksThatHaveEnded() throws InterruptedException {
        Party one = joined(3).getFirst();
        BlockingQueue<KadEvent> events = new LinkedBlockingQueue<>();
        one.kad.onEvent(events::add);
        one.kad.put(KEY, VALUE);
        one.kad.closest(CONTENT);
        assertThat(events.poll(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        KadEvent.StoreCompleted.class,
                        done -> assertThat(done.holders()).isEqualTo(2));
        assertThat(events.poll(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        KadEvent.QueryCompleted.class,
                        done -> assertThat(done.peers()).isEqualTo(2));
    }

    @Test
    void aStreamThatTheOtherSideEndedIsReplaced() {
        Party one = party(same -> same);
        Party two = party(options -> options.joining(List.of(one.door())));
        Party.eventually(() -> two.knows(one) && one.knows(two));
        two.kad.closest(CONTENT);
        one.kad.close();
        Kad again = Kad.attach(one.host, Identify.attach(one.host), Party.OPTIONS);
        assertThat(two.kad.closest(CONTENT).peers()).hasSize(1);
        again.close();
    }

    @Test
    void closingEndsCallsThatWait() throws InterruptedException {
        Party one = party(options -> options.patient(Duration.ofSeconds(50)));
        Party two = party(options -> options.joining(List.of(one.door())));
        Party.eventually(() -> one.knows(two));
        network.partition("n1");
        Thread caller = Thread.ofVirtual().start(() -> one.kad.closest(CONTENT));
        Party.eventually(() -> caller.getState() == Thread.State.TIMED_WAITING);
        one.kad.close();
        assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
    }
}

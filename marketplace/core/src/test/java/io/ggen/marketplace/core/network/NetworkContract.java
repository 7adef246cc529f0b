package io.ggen.marketplace.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSink;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every {@link Network} promises: a node in this process as well as one behind an API. */
public abstract class NetworkContract {
    private static final String STRANGER = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final Multiaddr NOBODY = Multiaddr.parse("/ip4/127.0.0.1/tcp/1/p2p/" + STRANGER);

    private final TestPublisher alice = TestPublisher.number(1);
    private Network network;

    /** Returns a node that is alone and empty. */
    protected abstract Network open() throws IOException;

    @BeforeEach
    final void openNetwork() throws IOException {
        network = open();
    }

    @AfterEach
    final void closeNetwork() {
        network.close();
    }

    /** Returns the network under test. */
    protected final Network network() {
        return network;
    }

    private static PackageRef ref(String id) {
        return PackageRef.of(new PackageId(id));
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                            assertThat(e.hint()).isNotBlank();
                        });
    }

    @Test
    void saysWhoItIsAndThatItIsAlone() {
        NodeStatus status = network.status();
        assertThat(status.peerId()).isNotEmpty();
        assertThat(status.addresses())
                .allMatch(it -> it.toString().endsWith("/p2p/" + status.peerId()));
        assertThat(status.connectivity()).isEqualTo("alone");
        assertThat(status.store().limit()).isEqualTo(status.limits().store().bytes());
        assertThat(network.peers()).isEmpty();
        assertThat(network.peer(STRANGER)).isEmpty();
        assertThat(network.activity().transfers()).isEmpty();
    }

    @Test
    void publishesAndFindsInTheNetworkAlone() {
        SamplePackage sample = alice.release("leaf", "1.0.0");
        assertThat(sample.publishIn(network.registry()).created()).isTrue();
        assertThat(network.registry().search(Query.of("leaf", 5)).hits())
                .extracting(hit -> hit.source())
                .containsExactly("p2p");
        Spread spread = network.spread(sample.envelope().recordId(), Duration.ZERO);
        assertThat(spread).isEqualTo(new Spread(0, 0, 0));
        assertThat(network.status().catalogue().releases()).isEqualTo(1);
    }

    @Test
    void givesAllBlocksOfAContent() throws IOException {
        SamplePackage sample = alice.release("leaf", "1.0.0");
        sample.publishIn(network.registry());
        Cid root = sample.release().content().cid();
        Dag.Extent all =
                Dag.walk(
                        root,
                        network.content(root).verified(),
                        DagLimits.standard(),
                        BlockSink.discard());
        assertThat(all.blocks()).isEqualTo(2);
        Cid unknown = Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("nobody has this")));
        assertThatThrownBy(() -> network.content(unknown).get(unknown))
                .isInstanceOf(MarketplaceException.class);
    }

    @Test
    void knowsNoProvidersOfWhatNobodyPublished() {
        assertFails(ErrorCode.PACKAGE_NOT_FOUND, () -> network.providers(ref("nothing")));
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND,
                () -> network.spread(Sha256.of(Bytes.empty()), Duration.ZERO));
    }

    @Test
    void bansUntilTheLaterTime() {
        BannedPeer longer = network.ban(STRANGER, Duration.ofHours(2), "test");
        assertThat(network.ban(STRANGER, Duration.ofMinutes(1), "again").until())
                .isEqualTo(longer.until());
        assertThat(network.bans()).extracting(BannedPeer::peerId).containsExactly(STRANGER);
        assertThat(network.unban(STRANGER)).isTrue();
        assertThat(network.unban(STRANGER)).isFalse();
        assertThat(network.bans()).isEmpty();
    }

    @Test
    void refusesTextsThatAreNoPeerIds() {
        assertFails(ErrorCode.USAGE, () -> network.ban("nobody", Duration.ofHours(1), "test"));
        assertFails(ErrorCode.USAGE, () -> network.unban("nobody"));
        assertFails(ErrorCode.USAGE, () -> network.peer("nobody"));
    }

    @Test
    void keepsBootstrapNodesThatAreNotThereYet() {
        BootstrapOutcome outcome = network.bootstrap(List.of(NOBODY), Duration.ofSeconds(5));
        assertThat(outcome.reached()).isFalse();
        assertThat(outcome.attempts()).hasSize(1);
        assertThat(outcome.attempts().getFirst().detail()).isNotEmpty();
        assertThat(network.bootstrapNodes()).containsExactly(NOBODY);
        assertThat(network.forget(NOBODY)).isTrue();
        assertThat(network.forget(NOBODY)).isFalse();
    }

    @Test
    void pinsTheNewestUntilItIsUnpinned() {
        alice.release("leaf", "1.0.0").publishIn(network.registry());
        SamplePackage newer = alice.release("leaf", "1.1.0");
        newer.publishIn(network.registry());
        PinnedPackage pin = network.pin(ref("leaf"), Optional.empty());
        assertThat(pin.version()).isEqualTo(newer.release().version());
        assertThat(pin.cid()).isEqualTo(newer.release().content().cid());
        assertThat(network.pins()).containsExactly(pin);
        assertThat(network.unpin(ref("leaf"))).isTrue();
        assertThat(network.unpin(ref("leaf"))).isFalse();
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND, () -> network.pin(ref("nothing"), Optional.empty()));
        assertThat(network.collect().freedBytes()).isNotNegative();
    }

    @Test
    void endsItsEventsWhenItIsClosed() throws InterruptedException {
        EventStream events = network.events();
        network.close();
        network.close();
        while (!events.closed()) {
            events.next(Duration.ofSeconds(5));
        }
        assertThat(events.next(Duration.ofSeconds(5))).isEmpty();
        events.close();
    }
}

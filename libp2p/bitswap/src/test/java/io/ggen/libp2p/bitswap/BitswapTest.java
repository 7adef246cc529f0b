package io.ggen.libp2p.bitswap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.TokenBucket;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentHasher;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.content.FileTree;
import io.ggen.content.MemoryBlocks;
import io.ggen.content.TreeEntry;
import io.ggen.content.Trees;
import io.ggen.libp2p.bitswap.ProviderReport.Standing;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.multiformats.Cid;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(60)
final class BitswapTest {
    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Party> parties = new ArrayList<>();

    private Party party() {
        return keep(Party.honest(network.node("n" + parties.size())));
    }

    private Party keep(Party party) {
        parties.add(party);
        return party;
    }

    @AfterEach
    void stop() {
        parties.forEach(Party::close);
    }

    /** A folder of 200 small files, one of 3 MiB among them. */
    private static Cid store(MemoryBlocks blocks) throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            entries.add(Trees.file("folder" + i % 7 + "/file" + i, "content " + i));
        }
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        entries.add(Trees.ofBytes("large", Bytes.wrap(large), false));
        return ContentHasher.digest(FileTree.of(entries), blocks).cid();
    }

    private static void assertWhole(Cid root, MemoryBlocks blocks) throws IOException {
        Dag.walk(root, blocks.verified(), DagLimits.standard(), (cid, block) -> {});
    }

    private static List<Standing> standings(FetchOutcome outcome) {
        return outcome.figures().providers().stream().map(ProviderReport::standing).toList();
    }

    @Test
    void aWholeTreeComesFromOneProvider() throws IOException {
        Party server = party();
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        List<FetchProgress> progress = new ArrayList<>();
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(
                                FetchRequest.of(root, List.of(server.id()), client.blocks)
                                        .reporting(progress::add));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertWhole(root, client.blocks);
        assertThat(client.blocks.blocks).isEqualTo(server.blocks.blocks);
        int count = server.blocks.blocks.size();
        assertThat(outcome.figures().blocks()).isEqualTo(count);
        assertThat(progress).hasSize(count);
        assertThat(progress.getLast().known()).isEqualTo(count);
        assertThat(standings(outcome)).containsExactly(Standing.ANSWERED);
    }

    @Test
    void fiveProvidersShareTheWork() throws IOException {
        Party client = party();
        List<Party> servers = new ArrayList<>();
        Cid root = store(new MemoryBlocks());
        for (int i = 0; i < 5; i++) {
            Party server = party();
            client.knows(server);
            store(server.blocks);
            servers.add(server);
        }
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(
                                FetchRequest.of(
                                        root,
                                        servers.stream().map(Party::id).toList(),
                                        client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(outcome.figures().providers())
                .filteredOn(it -> it.blocks() > 0)
                .hasSizeGreaterThan(1);
        assertThat(outcome.figures().providers()).allMatch(report -> report.duplicates() == 0);
    }

    @Test
    void whatIsHeldIsNotFetchedAgain() throws IOException {
        Party server = party();
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        List<Cid> all = new ArrayList<>(server.blocks.blocks.keySet());
        all.stream()
                .limit(150)
                .forEach(
                        cid -> client.blocks.blocks.put(cid, server.blocks.get(cid).orElseThrow()));
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(
                                FetchRequest.of(root, List.of(server.id()), client.blocks)
                                        .resuming(client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(outcome.figures().blocks()).isEqualTo(all.size() - 150);
        assertThat(outcome.figures().held()).isEqualTo(150);
        assertWhole(root, client.blocks);
        FetchOutcome again =
                client.bitswap()
                        .fetch(
                                FetchRequest.of(root, List.of(), client.blocks)
                                        .resuming(client.blocks));
        assertThat(again).isInstanceOf(FetchOutcome.Complete.class);
    }

    @Test
    void aHeldNodeThatIsDamagedIsFetchedAgain() throws IOException {
        Party server = party();
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        client.blocks.blocks.put(root, Bytes.utf8("damaged"));
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(
                                FetchRequest.of(root, List.of(server.id()), client.blocks)
                                        .resuming(client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertWhole(root, client.blocks);
    }

    @Test
    void aProviderThatEndsItsOwnHalfOfTheStreamIsAskedOn() throws IOException {
        Party server = keep(Party.halfClosing(network.node("js"), new LinkedBlockingQueue<>()));
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        FetchOutcome outcome =
                client.bitswap().fetch(FetchRequest.of(root, List.of(server.id()), client.blocks));
        assertThat(standings(outcome)).containsExactly(Standing.ANSWERED);
        assertWhole(root, client.blocks);
    }

    @Test
    void aStreamThatRestedAndWasResetIsReplaced() throws Exception {
        var clock = ManualClock.at(Instant.now().toString());
        BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
        Party server = keep(Party.halfClosing(network.node("js"), streams));
        Party client = keep(Party.honest(network.node("client"), clock)).knows(server);
        Cid first = store(server.blocks);
        Cid second =
                ContentHasher.digest(FileTree.of(List.of(Trees.file("a", "b"))), server.blocks)
                        .cid();
        client.bitswap().fetch(FetchRequest.of(first, List.of(server.id()), client.blocks));
        streams.take().reset();
        clock.advance(Duration.ofSeconds(6));
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(FetchRequest.of(second, List.of(server.id()), client.blocks));
        assertThat(standings(outcome)).containsExactly(Standing.ANSWERED);
        assertThat(streams).hasSize(1);
    }

    @Test
    void blocksThatAreSpreadOverProvidersComeTogether() throws IOException {
        Party client = party();
        Party one = party();
        Party two = party();
        client.knows(one, two);
        var all = new MemoryBlocks();
        Cid root = store(all);
        int i = 0;
        for (Cid cid : all.blocks.keySet()) {
            Party holder = i++ % 2 == 0 ? one : two;
            holder.blocks.blocks.put(cid, all.get(cid).orElseThrow());
        }
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(FetchRequest.of(root, List.of(one.id(), two.id()), client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertWhole(root, client.blocks);
        assertThat(standings(outcome)).containsOnly(Standing.LACKING);
    }

    @Test
    void whoHasNothingIsAskedNoFurther() throws IOException {
        Party client = party();
        Party poor = party();
        Party rich = party();
        client.knows(poor, rich);
        Cid root = store(rich.blocks);
        FetchOutcome outcome =
                client.bitswap()
                        .fetch(FetchRequest.of(root, List.of(poor.id(), rich.id()), client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(standings(outcome)).containsExactly(Standing.LACKING, Standing.ANSWERED);
    }

    @Test
    void contentThatNobodyHasIsSaidToBeMissing() throws IOException {
        Party client = party();
        Party poor = party();
        client.knows(poor);
        Cid root = store(new MemoryBlocks());
        FetchOutcome outcome =
                client.bitswap().fetch(FetchRequest.of(root, List.of(poor.id()), client.blocks));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> {
                            assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.NOBODY_HAS_THEM);
                            assertThat(it.missing()).containsExactly(root);
                        });
        assertThat(standings(outcome)).containsExactly(Standing.LACKING);
    }

    @Test
    void aProviderThatCannotBeReachedIsSaidToBeSo() throws IOException {
        Party client = party();
        Party gone = party();
        client.knows(gone);
        gone.close();
        Cid root = store(new MemoryBlocks());
        FetchOutcome outcome =
                client.bitswap().fetch(FetchRequest.of(root, List.of(gone.id()), client.blocks));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.NO_PROVIDER));
        assertThat(standings(outcome)).containsExactly(Standing.UNREACHABLE);
        assertThat(outcome.figures().providers().getFirst().detail()).isNotEmpty();
    }

    @Test
    void whatIsNotAdmittedIsNotServed() throws IOException {
        var blocks = new MemoryBlocks();
        Cid root = store(blocks);
        Party server =
                keep(
                        Party.honest(
                                network.node("strict"),
                                ServeOptions.of(blocks, cid -> !cid.equals(root)),
                                false));
        Party client = party().knows(server);
        FetchOutcome outcome =
                client.bitswap().fetch(FetchRequest.of(root, List.of(server.id()), client.blocks));
        assertThat(outcome).isInstanceOf(FetchOutcome.Incomplete.class);
    }

    /** The middle one knows nobody but the origin, the last one nobody but the middle one. */
    @Test
    void aDownloadServesWhatItHasSoFar() throws Exception {
        Party origin =
                keep(
                        Party.honest(
                                network.node("slow"),
                                ServeOptions.of(BlockSource.empty(), cid -> true)
                                        .limited(TokenBucket.of(4 << 20)),
                                true));
        Cid root = store(origin.blocks);
        var nothing = ServeOptions.of(BlockSource.empty(), cid -> false);
        Party middle = keep(Party.honest(network.node("middle"), nothing, false)).knows(origin);
        Party last = party().knows(middle);
        var begun = new CountDownLatch(1);
        var request =
                FetchRequest.of(root, List.of(origin.id()), middle.blocks)
                        .resuming(middle.blocks)
                        .reporting(progress -> begun.countDown());
        Thread first =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                middle.bitswap().fetch(request);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        begun.await();
        FetchOutcome outcome =
                last.bitswap()
                        .fetch(
                                FetchRequest.of(root, List.of(middle.id()), last.blocks)
                                        .within(Duration.ofSeconds(30)));
        first.join();
        assertThat(outcome.figures().blocks()).isGreaterThan(0);
    }

    @Test
    void aSinkThatFailsEndsTheDownload() throws IOException {
        Party server = party();
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        var request =
                FetchRequest.of(
                        root,
                        List.of(server.id()),
                        (cid, block) -> {
                            throw new IOException("disk full");
                        });
        assertThatThrownBy(() -> client.bitswap().fetch(request)).hasMessage("disk full");
    }

    @Test
    void aDagBeyondTheLimitsIsRefused() throws IOException {
        Party server = party();
        Party client = party().knows(server);
        Cid root = store(server.blocks);
        var request =
                FetchRequest.of(root, List.of(server.id()), client.blocks)
                        .limited(new DagLimits(100, 1 << 30, 10));
        assertThat(client.bitswap().fetch(request))
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.REFUSED));
    }
}

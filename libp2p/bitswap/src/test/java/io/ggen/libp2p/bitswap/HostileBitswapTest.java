package io.ggen.libp2p.bitswap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.base.Varint;
import io.ggen.content.Block;
import io.ggen.content.ContentHasher;
import io.ggen.content.DagPbLink;
import io.ggen.content.DagPbNode;
import io.ggen.content.FileTree;
import io.ggen.content.MemoryBlocks;
import io.ggen.content.TreeEntry;
import io.ggen.content.Trees;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.OffenceListener.Offence;
import io.ggen.libp2p.bitswap.ProviderReport.Standing;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.bitswap.wire.Presence;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

@Timeout(60)
final class HostileBitswapTest {
    private final MemoryNetwork network = new MemoryNetwork(1);
    private final List<Party> parties = new ArrayList<>();

    private Party honest() {
        return keep(Party.honest(network.node("n" + parties.size())));
    }

    private Party odd(BiFunction<Party, Message, Optional<Message>> answer) {
        return keep(Party.odd(network.node("n" + parties.size()), answer));
    }

    private Party keep(Party party) {
        parties.add(party);
        return party;
    }

    @AfterEach
    void stop() {
        parties.forEach(Party::close);
    }

    private static Cid store(MemoryBlocks blocks) throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(Trees.file("file" + i, "content " + i));
        }
        return ContentHasher.digest(FileTree.of(entries), blocks).cid();
    }

    private static Block block(String text) {
        Bytes bytes = Bytes.utf8(text);
        return new Block(Cid.v1(Cid.RAW, Sha256.of(bytes)), bytes);
    }

    private static Standing standing(FetchOutcome outcome, Party party) {
        return outcome.figures().providers().stream()
                .filter(report -> report.peer().equals(party.id()))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    private static FetchOutcome fetch(Party client, Cid root, Party... providers)
            throws IOException {
        client.knows(providers);
        List<PeerId> ids = new ArrayList<>();
        for (Party provider : providers) {
            ids.add(provider.id());
        }
        return client.bitswap()
                .fetch(FetchRequest.of(root, ids, client.blocks).within(Duration.ofSeconds(20)));
    }

    private static Optional<Message> wrong(Party party, Message message) {
        return Party.properly(party, message)
                .map(right ->
                        Message.answer(
                                right.blocks().stream()
                                        .map(it -> block("not " + it.cid()))
                                        .toList(),
                                right.presences()));
    }

    @Test
    void aWrongBlockCostsTheConnectionAndIsReported() throws Exception {
        Party client = honest();
        Party liar = odd(HostileBitswapTest::wrong);
        Cid root = store(liar.blocks);
        FetchOutcome outcome = fetch(client, root, liar);
        assertThat(outcome).isInstanceOf(FetchOutcome.Incomplete.class);
        assertThat(standing(outcome, liar)).isEqualTo(Standing.MISBEHAVED);
        assertThat(client.offences.poll(10, TimeUnit.SECONDS)).isEqualTo(Offence.WRONG_BLOCK);
        assertThat(client.blocks.blocks).isEmpty();
    }

    @Test
    void unrequestedBlocksAreDroppedAndReported() throws Exception {
        Party client = honest();
        Party pusher = odd((party, message) -> Optional.empty());
        pusher.knows(client);
        try (Stream stream = pusher.host.open(client.id(), Bitswap.PROTOCOL)) {
            MessageCodec.write(stream, Message.answer(List.of(block("push")), List.of()));
            assertThat(client.offences.poll(10, TimeUnit.SECONDS)).isEqualTo(Offence.WRONG_BLOCK);
        }
        assertThat(client.blocks.blocks).isEmpty();
    }

    @Test
    void aProviderThatSaysNothingIsReplaced() throws IOException {
        Party client = honest();
        Party silent = odd((party, message) -> Optional.empty());
        Party good = honest();
        Cid root = store(good.blocks);
        FetchOutcome outcome = fetch(client, root, silent, good);
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
    }

    @Test
    void aProviderThatStallsAloneIsSaidToBeStalled() throws IOException {
        Party client = honest();
        Party silent = odd((party, message) -> Optional.empty());
        Cid root = store(silent.blocks);
        FetchOutcome outcome = fetch(client, root, silent);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.NO_PROVIDER));
        assertThat(standing(outcome, silent)).isEqualTo(Standing.STALLED);
    }

    @Test
    void aProviderThatPromisesAndNeverSendsIsReplaced() throws IOException {
        Party client = honest();
        Party tease =
                odd((party, message) -> {
                    List<Presence> all =
                            message.wants().stream()
                                    .filter(want -> want.kind() != Want.Kind.CANCEL)
                                    .map(want -> new Presence(want.cid(), true))
                                    .toList();
                    return all.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Message.answer(List.of(), all));
                });
        Party good = honest();
        Cid root = store(good.blocks);
        assertThat(fetch(client, root, tease, good)).isInstanceOf(FetchOutcome.Complete.class);
    }

    @Test
    void theDownloadFinishesWithOneGoodProviderOfTen() throws IOException {
        Party client = honest();
        Party gone = honest();
        Party[] all = {
            odd(HostileBitswapTest::wrong),
            odd((party, message) -> Optional.empty()),
            odd(HostileBitswapTest::garbage),
            honest(),
            gone,
            odd(HostileBitswapTest::wrong),
            odd((party, message) -> Optional.empty()),
            odd(HostileBitswapTest::half),
            odd(HostileBitswapTest::garbage),
            honest()
        };
        gone.close();
        Cid root = store(new MemoryBlocks());
        for (Party party : all) {
            if (party != all[3]) {
                store(party.blocks);
            }
        }
        FetchOutcome outcome = fetch(client, root, all);
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(outcome.figures().providers()).hasSize(10);
        assertThat(standing(outcome, gone)).isIn(Standing.UNREACHABLE, Standing.NOT_ASKED);
        assertThat(client.blocks.blocks).hasSize(101);
        long brought =
                outcome.figures().providers().stream().mapToLong(ProviderReport::blocks).sum();
        assertThat(brought).isEqualTo(101);
    }

    /** Says that it has everything and answers every second block. */
    private static Optional<Message> half(Party party, Message message) {
        return Party.properly(party, message)
                .map(right ->
                        Message.answer(
                                right.blocks().subList(0, right.blocks().size() / 2),
                                right.presences()))
                .filter(answer -> !answer.isEmpty());
    }

    private static Optional<Message> garbage(Party party, Message message) {
        throw new Libp2pException(Libp2pException.Code.STREAM_RESET, "no more");
    }

    @Test
    void aFloodOfWantsIsBoundedAndOthersAreServed() throws Exception {
        Party server = honest();
        Party flooder = odd((party, message) -> Optional.empty());
        flooder.knows(server);
        Cid root = store(server.blocks);
        try (Stream stream = flooder.host.open(server.id(), Bitswap.PROTOCOL)) {
            for (int i = 0; i < 20; i++) {
                List<Want> wants = new ArrayList<>();
                for (int j = 0; j < 5_000; j++) {
                    wants.add(new Want(block(i + " " + j).cid(), Want.Kind.BLOCK, false));
                }
                MessageCodec.write(stream, Message.of(wants));
            }
            Party client = honest();
            assertThat(fetch(client, root, server)).isInstanceOf(FetchOutcome.Complete.class);
        }
        assertThat(server.offences).isEmpty();
    }

    @Test
    void malformedMessagesCostTheConnection() throws Exception {
        Bytes longCid = Bytes.fromHex("01550080").concat(Bytes.wrap(new byte[200]));
        Bytes entry = new ProtoWriter().bytes(1, longCid).toBytes();
        Bytes wantlist = new ProtoWriter().bytes(1, entry).toBytes();
        for (Bytes frame :
                List.of(new ProtoWriter().bytes(1, wantlist).toBytes(), Bytes.fromHex("0b0c"))) {
            Party server = honest();
            Party sender = odd((party, message) -> Optional.empty());
            sender.knows(server);
            try (Stream stream = sender.host.open(server.id(), Bitswap.PROTOCOL)) {
                Frames.write(stream, frame);
                assertThat(server.offences.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(Offence.MALFORMED_MESSAGE);
            }
        }
    }

    @Test
    void anOversizeMessageIsRefusedBeforeItIsRead() throws Exception {
        Party server = honest();
        Party sender = odd((party, message) -> Optional.empty());
        sender.knows(server);
        try (Stream stream = sender.host.open(server.id(), Bitswap.PROTOCOL)) {
            stream.write(Varint.encode(MessageCodec.MAX_MESSAGE + 1L).buffer());
            stream.flush();
            assertThat(server.offences.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(Offence.MALFORMED_MESSAGE);
        }
    }

    @Test
    void linksThatLieAboutSizesChangeNothing() throws IOException {
        Party server = honest();
        Cid leaf = server.blocks.add(Cid.RAW, Bytes.utf8("leaf"));
        List<DagPbLink> links = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Cid other = server.blocks.add(Cid.RAW, Bytes.utf8("leaf " + i));
            links.add(new DagPbLink("", other, i % 2 == 0 ? Long.MAX_VALUE : 0));
        }
        links.add(new DagPbLink("", leaf, 1));
        Cid root = server.blocks.add(new DagPbNode(links, Bytes.empty()));
        Party client = honest();
        FetchOutcome outcome = fetch(client, root, server);
        assertThat(outcome).isInstanceOf(FetchOutcome.Complete.class);
        assertThat(outcome.figures().blocks()).isEqualTo(52);
    }

    @Test
    void aMalformedNodeEndsTheDownload() throws IOException {
        Party server = honest();
        Cid bad = server.blocks.add(Cid.DAG_PB, Bytes.utf8("no node"));
        Cid root =
                server.blocks.add(new DagPbNode(List.of(new DagPbLink("", bad, 0)), Bytes.empty()));
        Party client = honest();
        assertThat(fetch(client, root, server))
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.REFUSED));
    }

    @Test
    void aDagWithoutEndIsRefused() throws IOException {
        Party server = honest();
        Cid chain = server.blocks.add(Cid.RAW, Bytes.utf8("leaf"));
        for (int i = 0; i < 300; i++) {
            chain =
                    server.blocks.add(
                            new DagPbNode(List.of(new DagPbLink("", chain, 0)), Bytes.empty()));
        }
        Party client = honest();
        assertThat(fetch(client, chain, server))
                .isInstanceOfSatisfying(
                        FetchOutcome.Incomplete.class,
                        it -> assertThat(it.reason()).isEqualTo(FetchOutcome.Reason.REFUSED));
    }
}

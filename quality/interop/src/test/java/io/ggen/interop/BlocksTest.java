package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSink;
import io.ggen.content.ByteSource;
import io.ggen.content.CarReader;
import io.ggen.content.CarWriter;
import io.ggen.content.ContentHasher;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.multiformats.Cid;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Blocks from and to our host and every peer that is there, by Bitswap. */
@Timeout(900)
final class BlocksTest {
    private static final String TABLE = "Bitswap";
    private static final int LARGE = 3_500_000;
    private static final int MANY = 300;

    /** A block that no peer of these tests has. */
    private static final String NOWHERE =
            "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    private static final Matrix MATRIX = new Matrix();
    private static final Peers PEERS = new Peers();

    @TempDir private static Path folder;

    @AfterAll
    static void end() throws Exception {
        PEERS.close();
        MATRIX.write("blocks");
    }

    /** Each peer has a folder that it alone has made, and fetches those of all others. */
    @TestFactory
    Stream<DynamicTest> everyPeerFetchesFromEveryOther() throws Exception {
        Map<PeerProcess, Cid> owners = new LinkedHashMap<>();
        List<PeerProcess> readers = new ArrayList<>();
        for (Path program : Peers.taking("--blocks", folder.toString())) {
            Path blocks = Files.createDirectory(folder.resolve(Peers.name(program)));
            Cid root = makeFolder(blocks.resolve("folder.car"), readers.size());
            owners.put(PEERS.start(program, "--blocks", blocks.toString()), root);
            Path empty = Files.createDirectory(folder.resolve("for-" + Peers.name(program)));
            readers.add(PEERS.start(program, "--blocks", empty.toString()));
        }
        return Stream.concat(
                readers.stream()
                        .flatMap(reader ->
                                owners.entrySet().stream()
                                        .map(owner ->
                                                fetching(
                                                        reader, owner.getKey(), owner.getValue()))),
                missing(readers));
    }

    private static DynamicTest fetching(PeerProcess reader, PeerProcess owner, Cid root) {
        return MATRIX.test(
                TABLE,
                Peers.name(reader.program()) + " fetches",
                "from " + Peers.name(owner.program()),
                () -> fetch(reader, owner, root));
    }

    private static void fetch(PeerProcess reader, PeerProcess owner, Cid root) throws Exception {
        reader.ask("dial " + owner.address());
        Path car = Files.createTempFile(folder, "fetched", ".car");
        Map<String, Object> reply = reader.ask("fetch " + root + " " + car);
        Dag.Extent extent = verify(car, root);
        assertThat(reply)
                .containsEntry("blocks", extent.blocks())
                .containsEntry("bytes", extent.bytes());
        assertThat(extent.bytes()).isGreaterThan(LARGE);
    }

    /** Returns what is in a CAR that has to hold the whole DAG and nothing else. */
    static Dag.Extent verify(Path car, Cid root) throws IOException {
        Map<Cid, Bytes> blocks = new HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(car))) {
            var reader = new CarReader(in);
            assertThat(reader.roots()).containsExactly(root);
            Optional<Block> next = reader.next();
            while (next.isPresent()) {
                assertThat(blocks.put(next.get().cid(), next.get().bytes())).isNull();
                next = reader.next();
            }
        }
        Dag.Extent extent =
                Dag.walk(
                        root,
                        cid -> Optional.ofNullable(blocks.get(cid)),
                        DagLimits.standard(),
                        BlockSink.discard());
        assertThat(extent.blocks()).isEqualTo(blocks.size());
        return extent;
    }

    /** All wait at the same time, each connected to peers that lack the block. */
    private static Stream<DynamicTest> missing(List<PeerProcess> readers) {
        Map<PeerProcess, FutureTask<String>> refusals = new LinkedHashMap<>();
        for (PeerProcess reader : readers) {
            String command = "fetch " + NOWHERE + " " + folder.resolve("nothing.car");
            refusals.put(reader, new FutureTask<>(() -> reader.refused(command)));
        }
        return refusals.entrySet().stream()
                .map(refusal ->
                        MATRIX.test(
                                TABLE,
                                Peers.name(refusal.getKey().program()) + " fetches",
                                "what nobody has, and says so",
                                () -> {
                                    refusals.values().forEach(Thread.ofVirtual()::start);
                                    assertThat(refusal.getValue().get()).isNotBlank();
                                }));
    }

    /** A folder with large and small files and a folder in it, other ones for each seed. */
    private static Cid makeFolder(Path car, int seed) throws IOException {
        var random = new SplittableRandom(seed);
        List<TreeEntry> entries = new ArrayList<>();
        entries.add(file("a", LARGE, random));
        entries.add(file("b", LARGE / 2, random));
        entries.add(new TreeEntry.Directory("many"));
        for (int i = 0; i < MANY; i++) {
            entries.add(file("many/%03d".formatted(i), random.nextInt(2_000), random));
        }
        FileTree tree = FileTree.of(entries);
        Cid root = ContentHasher.digest(tree, BlockSink.discard()).cid();
        Set<Cid> written = new HashSet<>();
        try (FileChannel out = FileChannel.open(car, CREATE_NEW, WRITE)) {
            var writer = new CarWriter(List.of(root), out::write);
            ContentHasher.digest(
                    tree,
                    (cid, block) -> {
                        if (written.add(cid)) {
                            writer.put(cid, block);
                        }
                    });
        }
        return root;
    }

    private static TreeEntry file(String path, int size, SplittableRandom random) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return new TreeEntry.RegularFile(path, size, false, ByteSource.of(Bytes.wrap(content)));
    }
}

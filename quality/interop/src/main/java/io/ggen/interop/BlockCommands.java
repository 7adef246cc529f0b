package io.ggen.interop;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSource;
import io.ggen.content.CarReader;
import io.ggen.content.CarWriter;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.bitswap.BitswapOptions;
import io.ggen.libp2p.bitswap.FetchOutcome;
import io.ggen.libp2p.bitswap.FetchRequest;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Bitswap with the blocks of a folder's CAR files: fetch, from the peers that are connected. */
final class BlockCommands {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Map<Cid, Bytes> blocks = new ConcurrentHashMap<>();
    private final Host host;
    private final Bitswap bitswap;

    private BlockCommands(Host host, Path folder) throws IOException {
        this.host = host;
        load(folder);
        this.bitswap =
                Bitswap.attach(
                        host, BitswapOptions.serving(ServeOptions.of(source(), cid -> true)));
    }

    /** Serves the blocks in {@code folder}; returns the commands by name. */
    static Map<String, Command> attach(Host host, Path folder) throws IOException {
        return Map.of("fetch", new BlockCommands(host, folder)::fetch);
    }

    private BlockSource source() {
        return cid -> Optional.ofNullable(blocks.get(cid));
    }

    private void load(Path folder) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "*.car")) {
            for (Path archive : archives) {
                try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
                    var reader = new CarReader(in);
                    Optional<Block> next = reader.next();
                    while (next.isPresent()) {
                        blocks.put(next.get().cid(), next.get().bytes());
                        next = reader.next();
                    }
                }
            }
        }
    }

    private Map<String, Object> fetch(List<String> words) throws IOException {
        if (words.size() != 2) {
            throw new IllegalArgumentException("fetch CID FILE");
        }
        Cid root = Cid.parse(words.getFirst());
        List<PeerId> providers =
                host.connections().stream().map(Connection::remotePeer).distinct().toList();
        FetchRequest request =
                FetchRequest.of(root, providers, this::keep).resuming(source()).within(LIMIT);
        Duration elapsed =
                switch (bitswap.fetch(request)) {
                    case FetchOutcome.Complete complete -> complete.figures().elapsed();
                    case FetchOutcome.Incomplete missing ->
                            throw new IllegalStateException(
                                    missing.reason() + ": " + missing.detail());
                };
        Dag.Extent written = write(root, Path.of(words.getLast()));
        return Map.of(
                "blocks", written.blocks(), "bytes", written.bytes(), "ms", elapsed.toMillis());
    }

    private void keep(Cid cid, ByteBuffer block) {
        byte[] copy = new byte[block.remaining()];
        block.get(copy);
        blocks.put(cid, Bytes.wrap(copy));
    }

    private Dag.Extent write(Cid root, Path file) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var writer = new CarWriter(List.of(root), bytes -> writeAll(out, bytes));
            return Dag.walk(root, source(), DagLimits.standard(), writer);
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}

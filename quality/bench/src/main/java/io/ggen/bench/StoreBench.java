package io.ggen.bench;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ContentDigest;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.store.ContentWriter;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StoreWriter;
import io.ggen.marketplace.core.store.Swept;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * S1: a store of half a million blocks of which every fourth content stays in a sweep, while
 * another thread reads blocks and pins contents.
 */
final class StoreBench implements Bench {
    private static final int BLOCKS = 500;
    private static final int BLOCK_BYTES = 256;
    private static final int STAYING = 4;
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public void run(String id, Context context) throws Exception {
        int contents = context.quick() ? 200 : 1_000;
        Files.createDirectories(context.cache());
        Path folder = Files.createTempDirectory(context.cache(), "store");
        try (var store = new BlockStore(folder, context::say)) {
            context.say("filling a store with " + contents * BLOCKS + " blocks");
            List<ContentDigest> kept = fill(store, contents);
            sweep(id, store, kept, context);
        } finally {
            delete(folder);
        }
    }

    /** Returns every fourth content, those that stay. */
    private static List<ContentDigest> fill(BlockStore store, int contents) throws IOException {
        List<ContentDigest> kept = new ArrayList<>();
        for (int i = 0; i < contents; i += 20) {
            try (StoreWriter writer = store.writer()) {
                for (int k = i; k < i + 20; k++) {
                    ContentDigest digest = content(writer.content(), k);
                    if (k % STAYING == 0) {
                        kept.add(digest);
                    }
                }
                writer.commit();
            }
        }
        return kept;
    }

    private static Bytes block(int content, int number) {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).putInt(content).putInt(number);
        return Bytes.wrap(block.array());
    }

    private static ContentDigest content(ContentWriter writer, int number) throws IOException {
        for (int k = 0; k < BLOCKS; k++) {
            Bytes block = block(number, k);
            writer.put(Cid.v1(Cid.RAW, Sha256.of(block)), block.buffer());
        }
        Sha256 name = Sha256.of(Bytes.utf8("content " + number));
        var digest =
                new ContentDigest(Cid.v1(Cid.RAW, name), name, BLOCKS * BLOCK_BYTES, 1, List.of());
        writer.keep(digest);
        return digest;
    }

    private static void sweep(
            String id, BlockStore store, List<ContentDigest> kept, Context context)
            throws Exception {
        List<Double> reads = new ArrayList<>();
        List<Double> pins = new ArrayList<>();
        var over = new AtomicBoolean();
        Thread other =
                Thread.ofPlatform()
                        .start(() -> useMeanwhile(store, kept, over, new Times(reads, pins)));
        Swept[] swept = new Swept[1];
        double seconds = Duel.seconds(() -> swept[0] = sweepQuietly(store, kept));
        over.set(true);
        other.join();
        context.say("freed " + swept[0].freedBytes() + " bytes in " + seconds + " s");
        context.print(
                Row.percentile(id, "pause of a read while sweeping", "ms", 100, samples(reads))
                        .judgeValue(50));
        context.print(Row.percentile(id, "pin, p99, while sweeping", "ms", 99, samples(pins)));
        List<Double> quiet = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            quiet.add(pin(store, kept.get(i % kept.size())));
        }
        context.print(Row.of(id, "pin", "ms", Row.Better.LOWER, samples(quiet)).judgeValue(5));
    }

    private static Swept sweepQuietly(BlockStore store, List<ContentDigest> kept) {
        try {
            return store.sweep(kept.stream().map(ContentDigest::sha256).toList(), NOW);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Times(List<Double> reads, List<Double> pins) {}

    private static void useMeanwhile(
            BlockStore store, List<ContentDigest> kept, AtomicBoolean over, Times times) {
        try {
            for (int i = 0; !over.get(); i++) {
                Cid cid = Cid.v1(Cid.RAW, Sha256.of(block(i % kept.size() * STAYING, i % BLOCKS)));
                long start = System.nanoTime();
                if (store.get(cid).isEmpty()) {
                    throw new IllegalStateException("a block that stays is gone");
                }
                times.reads().add((System.nanoTime() - start) / 1e6);
                if (i % 20 == 0) {
                    times.pins().add(pin(store, kept.get(i % kept.size())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pins a content and takes the pin back; returns the milliseconds of the pin alone. */
    private static double pin(BlockStore store, ContentDigest content) throws IOException {
        long start = System.nanoTime();
        store.holds().add(new Hold(content.cid(), content.sha256(), Hold.Reason.PINNED, NOW));
        double millis = (System.nanoTime() - start) / 1e6;
        store.holds().remove(content.cid(), Hold.Reason.PINNED);
        return millis;
    }

    private static Samples samples(List<Double> values) {
        return Samples.of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}

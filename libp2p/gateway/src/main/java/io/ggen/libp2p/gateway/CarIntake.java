package io.ggen.libp2p.gateway;

import io.ggen.content.Block;
import io.ggen.content.BlockSink;
import io.ggen.content.CarReader;
import io.ggen.content.ContentException;
import io.ggen.content.DagFrontier;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Takes a CAR of somebody else into a DAG that is being fetched: each block is verified, and those
 * that are missing go on, parents before children. Confined to one thread.
 */
public final class CarIntake {
    private final DagFrontier frontier;
    private final BlockSink sink;
    private long blocks;
    private long bytes;
    private long known;

    /**
     * Makes one.
     *
     * @param frontier has begun, at the root of the CAR or above it
     * @param sink gets the blocks that {@code frontier} misses
     */
    public CarIntake(DagFrontier frontier, BlockSink sink) {
        this.frontier = frontier;
        this.sink = sink;
    }

    /**
     * Reads the CAR until it ends or breaks off, or nothing is missing any more. What came before a
     * failure is taken.
     *
     * @return whether nothing is missing
     * @throws ContentException when it is no CAR, or a block is not the one of its name or does not
     *     belong to the DAG
     * @throws IOException when the sink fails
     */
    public boolean take(InputStream car) throws IOException {
        Optional<CarReader> reader = reader(car);
        while (reader.isPresent() && !frontier.isComplete()) {
            Optional<Block> next = next(reader.get());
            if (next.isEmpty()) {
                break;
            }
            take(next.get());
        }
        return frontier.isComplete();
    }

    private static Optional<CarReader> reader(InputStream car) {
        try {
            return Optional.of(new CarReader(car));
        } catch (IOException e) {
            return ended(e);
        }
    }

    private static Optional<Block> next(CarReader reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            return ended(e);
        }
    }

    /** What breaks off is judged by what is missing, not by how it ended. */
    private static <T> Optional<T> ended(IOException e) {
        System.getLogger(CarIntake.class.getName())
                .log(System.Logger.Level.DEBUG, "a CAR breaks off", e);
        return Optional.empty();
    }

    /** A block that is known is let pass once each; another does not belong to the DAG. */
    private void take(Block block) throws IOException {
        if (frontier.misses(block.cid())) {
            sink.put(block.cid(), block.bytes().buffer());
            frontier.fetched(block.cid(), block.bytes());
            blocks++;
            bytes += block.bytes().length();
        } else if (!frontier.knows(block.cid()) || ++known > frontier.known()) {
            throw new ContentException(
                    ContentException.Reason.MALFORMED,
                    "a block that was not asked for: " + block.cid());
        }
    }

    /** Returns how many blocks were taken. */
    public long blocks() {
        return blocks;
    }

    /** Returns how many bytes they have. */
    public long bytes() {
        return bytes;
    }
}

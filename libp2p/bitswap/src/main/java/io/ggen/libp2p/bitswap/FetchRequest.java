package io.ggen.libp2p.bitswap;

import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.DagLimits;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A whole DAG to be fetched.
 *
 * @param root where it begins
 * @param providers who may be asked, the best first; they are dialled where need be, at addresses
 *     that the host's peer store knows
 * @param held blocks that are there already and not fetched again; also read, on other threads, to
 *     serve blocks of this DAG that {@code sink} took, where it gives them back. Neither is used by
 *     two threads at once, nor after the download. Its leaves are believed, its nodes verified
 * @param sink takes each fetched block once, verified, parents before children, on the calling
 *     thread
 * @param deadline after how long the download ends in any case
 * @param limits what the DAG may cost
 * @param progress hears of every block, on the calling thread
 */
public record FetchRequest(
        Cid root,
        List<PeerId> providers,
        BlockSource held,
        BlockSink sink,
        Duration deadline,
        DagLimits limits,
        Consumer<FetchProgress> progress) {
    /** Copies the list. */
    public FetchRequest {
        providers = List.copyOf(providers);
    }

    /** Fetches all of {@code root} from {@code providers} within 10 minutes and standard limits. */
    public static FetchRequest of(Cid root, List<PeerId> providers, BlockSink sink) {
        return new FetchRequest(
                root,
                providers,
                BlockSource.empty(),
                sink,
                Duration.ofMinutes(10),
                DagLimits.standard(),
                progress -> {});
    }

    /** Returns this request, going on from what {@code blocks} holds. */
    public FetchRequest resuming(BlockSource blocks) {
        return new FetchRequest(root, providers, blocks, sink, deadline, limits, progress);
    }

    /** Returns this request with another deadline. */
    public FetchRequest within(Duration other) {
        return new FetchRequest(root, providers, held, sink, other, limits, progress);
    }

    /** Returns this request with other limits. */
    public FetchRequest limited(DagLimits other) {
        return new FetchRequest(root, providers, held, sink, deadline, other, progress);
    }

    /** Returns this request with somebody who hears of its progress. */
    public FetchRequest reporting(Consumer<FetchProgress> listener) {
        return new FetchRequest(root, providers, held, sink, deadline, limits, listener);
    }
}

package io.ggen.libp2p.bitswap;

import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.DagLimits;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole DAG to be fetched.
 *
 * @param root where it begins
 * @param providers who may be asked, the best first; they are dialled where need be, at addresses
 *     that the host's peer store knows
 * @param finder finds more providers: asked on a thread of its own at the beginning, and again
 *     every five seconds until the download is over; blocks for as long as it takes, and is
 *     interrupted when the download is over
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
        Supplier<List<PeerId>> finder,
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
                List::of,
                BlockSource.empty(),
                sink,
                Duration.ofMinutes(10),
                DagLimits.standard(),
                progress -> {});
    }

    /** Returns this request with somebody who finds more providers meanwhile. */
    public FetchRequest finding(Supplier<List<PeerId>> other) {
        return new FetchRequest(root, providers, other, held, sink, deadline, limits, progress);
    }

    /** Returns this request, going on from what {@code blocks} holds. */
    public FetchRequest resuming(BlockSource blocks) {
        return new FetchRequest(root, providers, finder, blocks, sink, deadline, limits, progress);
    }

    /** Returns this request with another deadline. */
    public FetchRequest within(Duration other) {
        return new FetchRequest(root, providers, finder, held, sink, other, limits, progress);
    }

    /** Returns this request with other limits. */
    public FetchRequest limited(DagLimits other) {
        return new FetchRequest(root, providers, finder, held, sink, deadline, other, progress);
    }

    /** Returns this request with somebody who hears of its progress. */
    public FetchRequest reporting(Consumer<FetchProgress> listener) {
        return new FetchRequest(root, providers, finder, held, sink, deadline, limits, listener);
    }
}

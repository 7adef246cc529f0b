package io.ggen.node;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The way to nodes of a home: one that runs is used through its API, else one is started. */
public final class Nodes implements NetworkProvider {
    private static final ProcessLock.Patience NONE = new ProcessLock.Patience(0, Duration.ZERO);

    private final NodeStarter starter;

    /** Starts nodes of libp2p; for {@link java.util.ServiceLoader}. */
    public Nodes() {
        this(P2pNode::start);
    }

    /** Starts nodes with {@code starter}. */
    Nodes(NodeStarter starter) {
        this.starter = starter;
    }

    @Override
    public Optional<RunningNode> running(NetworkContext context) {
        return reachable(context).map(ApiFile::node);
    }

    /** Returns the file of a node that answers; a file that nobody answers to is a left-over. */
    private static Optional<ApiFile> reachable(NetworkContext context) {
        Optional<ApiFile> file = ApiFile.read(context.home());
        if (file.isEmpty() || !client(context, file.get()).answers()) {
            return Optional.empty();
        }
        if (!file.get().version().equals(context.version())) {
            throw new MarketplaceException(
                    ErrorCode.NETWORK,
                    "the running node is of version "
                            + file.get().version()
                            + ", and this is "
                            + context.version(),
                    "end it with the program it was started with, or `kill "
                            + file.get().pid()
                            + "`, then start this one",
                    Map.of(
                            "running", file.get().version(),
                            "version", context.version()));
        }
        return file;
    }

    private static ApiClient client(NetworkContext context, ApiFile file) {
        return new ApiClient(file, context.options().api().certificate());
    }

    @Override
    public Network connect(NetworkContext context) {
        Optional<ApiFile> file = reachable(context);
        return file.isPresent()
                ? new RemoteNetwork(client(context, file.get()))
                : starter.start(context, Standing.PASSING);
    }

    @Override
    public HostedNode start(NetworkContext context) {
        ProcessLock lock = lock(context);
        try {
            Network network = starter.start(context, Standing.HOME);
            try {
                return new Daemon(context, lock, network);
            } catch (RuntimeException e) {
                network.close();
                throw e;
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static ProcessLock lock(NetworkContext context) {
        try {
            return ProcessLock.acquire(context.home().nodeLock(), NONE, holder -> {});
        } catch (ProcessLock.HeldException e) {
            String where = ApiFile.read(context.home()).map(file -> " at " + file.url()).orElse("");
            throw new MarketplaceException(
                            ErrorCode.LOCK_TIMEOUT,
                            "a node of this home runs already: " + e.holder() + where,
                            "`ggen m p2p status` shows it, `ggen m p2p stop` ends it; another"
                                    + " --home can have another node",
                            Map.of("holder", e.holder()))
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + context.home().nodeLock(), e);
        }
    }

    @Override
    public Optional<RunningNode> stop(NetworkContext context, Duration patience) {
        Optional<ApiFile> file = ApiFile.read(context.home());
        if (file.isEmpty() || !client(context, file.get()).answers()) {
            return Optional.empty();
        }
        client(context, file.get()).post("stop");
        awaitEnd(context, file.get(), patience);
        return Optional.of(file.get().node());
    }

    /** The node is gone when its lock can be had. */
    private static void awaitEnd(NetworkContext context, ApiFile file, Duration patience) {
        var once = new ProcessLock.Patience(1, patience);
        try (ProcessLock free =
                ProcessLock.acquire(context.home().nodeLock(), once, holder -> {})) {
            return;
        } catch (ProcessLock.HeldException e) {
            throw new MarketplaceException(
                            ErrorCode.TIMEOUT,
                            "the node, process "
                                    + file.pid()
                                    + ", was asked to end and has not after "
                                    + patience.toSeconds()
                                    + " s",
                            "`kill " + file.pid() + "` ends it; nothing that was published is lost")
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + context.home().nodeLock(), e);
        }
    }
}

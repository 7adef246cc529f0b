package io.ggen.node;

import io.ggen.base.ByteSize;
import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NodeStatus;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The node of a home with its API. It holds {@code locks/node} for as long as it runs: that, not
 * the file {@code p2p/api}, says that a node runs, and a killed process leaves no lock behind.
 */
final class Daemon implements HostedNode {
    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());
    private static final int TOKEN_BYTES = 32;

    private final NetworkContext context;
    private final ProcessLock lock;
    private final Network network;
    private final ApiServer api;
    private final ApiFile file;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Takes over a node that listens, and its lock; closes both where the API cannot start. */
    Daemon(NetworkContext context, ProcessLock lock, Network network) {
        this.context = context;
        this.lock = lock;
        this.network = network;
        NodeLogs.begin();
        String token = token();
        Metrics metrics = new Metrics();
        this.api =
                ApiServer.start(
                        context.options().api(),
                        token,
                        call -> routes(metrics).answer(call),
                        metrics);
        this.file = new ApiFile(api.url(), token, ProcessHandle.current().pid(), context.version());
        file.write(context.home());
        LOG.log(System.Logger.Level.INFO, "the API listens at {0}", api.url());
    }

    private ApiRoutes routes(Metrics metrics) {
        var about = new ApiRoutes.About(context.version(), metrics, asked::countDown);
        var spool = new Spool(context.home().store().resolve("incoming"), ByteSize.mib(2 * 1024));
        return new ApiRoutes(
                new NodeRoutes(network, this::status),
                new PackageRoutes(network, metrics, spool),
                network,
                about);
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public NodeStatus status() {
        return network.status().servedAt(api.url());
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        asked.await();
    }

    /**
     * The file goes first: nobody comes any more; the lock last: all is written. Who comes second
     * waits for the first, so that the process does not end before the node has.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                end();
            } finally {
                ended.countDown();
            }
        } else {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        asked.countDown();
        try (lock) {
            file.remove(context.home());
            api.close();
            network.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the node did not end in order", e);
        }
    }
}

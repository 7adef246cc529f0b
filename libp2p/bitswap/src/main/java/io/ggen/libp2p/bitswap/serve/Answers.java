package io.ggen.libp2p.bitswap.serve;

import io.ggen.content.Block;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.key.PeerId;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The stream on which one peer's answers leave, opened with the first. Used by one thread. */
final class Answers implements AutoCloseable {
    private final PeerId peer;
    private final BlockServer server;
    private final AtomicReference<Optional<Stream>> stream =
            new AtomicReference<>(Optional.empty());
    private final CountDownLatch closed = new CountDownLatch(1);

    Answers(PeerId peer, BlockServer server) {
        this.peer = peer;
        this.server = server;
    }

    /** Sends {@code message} when the upload limit allows; throws when the peer takes nothing. */
    void send(Message message) throws InterruptedException {
        if (message.isEmpty()) {
            return;
        }
        long size = message.blocks().stream().mapToLong(block -> block.bytes().length()).sum();
        long wait = server.options().upload().take(size, server.now()).toMillis();
        if (closed.await(wait, TimeUnit.MILLISECONDS)) {
            throw new Libp2pException(Libp2pException.Code.CONNECTION_CLOSED, "closed here");
        }
        Stream out = stream.get().orElseGet(this::open);
        try (Deadline deadline = Deadline.start(server.options().patience(), out::reset)) {
            MessageCodec.write(out, message);
            deadline.met();
        }
        for (Block block : message.blocks()) {
            server.sent(block);
        }
    }

    private Stream open() {
        Stream opened = server.open(peer);
        stream.set(Optional.of(opened));
        if (closed.getCount() == 0) {
            opened.reset();
            throw new Libp2pException(Libp2pException.Code.CONNECTION_CLOSED, "closed here");
        }
        return opened;
    }

    @Override
    public void close() {
        closed.countDown();
        stream.get().ifPresent(Stream::reset);
    }
}

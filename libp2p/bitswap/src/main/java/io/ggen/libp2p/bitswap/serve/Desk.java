package io.ggen.libp2p.bitswap.serve;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.BlockSink;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.bitswap.wire.Presence;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Answers the wants of one peer, in their order, on a thread that lives while some are due.
 * Thread-safe.
 */
final class Desk implements AutoCloseable {
    /** Blocks are gathered into one message up to this length. */
    private static final int TARGET = 1024 * 1024;

    private static final int MAX_PRESENCES = 1024;

    private final PeerId peer;
    private final BlockServer server;
    private final Wantlist wants;
    private final Answers answers;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean working;
    private boolean closed;

    Desk(PeerId peer, BlockServer server) {
        this.peer = peer;
        this.server = server;
        this.wants = new Wantlist(server.options().wants());
        this.answers = new Answers(peer, server);
    }

    void apply(Message message) {
        lock.lock();
        try {
            int dropped = wants.apply(message);
            if (dropped > 0) {
                server.overflow(peer, dropped);
            }
            work();
        } finally {
            lock.unlock();
        }
    }

    void arrived(Cid cid) {
        lock.lock();
        try {
            if (wants.arrived(cid)) {
                work();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean waitsFor(Cid cid) {
        lock.lock();
        try {
            return wants.waitsFor(cid);
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        if (!working && !closed && wants.isDue()) {
            working = true;
            Thread.ofVirtual().name("bitswap server").start(this::answerAll);
        }
    }

    private void answerAll() {
        try {
            while (!isIdle()) {
                answers.send(gather());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Libp2pException | IOException e) {
            System.getLogger(Desk.class.getName())
                    .log(System.Logger.Level.DEBUG, () -> peer + " gets no more blocks", e);
            server.forget(this);
        }
    }

    private boolean isIdle() {
        lock.lock();
        try {
            working = !closed && wants.isDue();
            return !working;
        } finally {
            lock.unlock();
        }
    }

    private Message gather() throws IOException, InterruptedException {
        List<Block> blocks = new ArrayList<>();
        List<Presence> presences = new ArrayList<>();
        int size = 0;
        server.turn();
        try {
            while (size < TARGET && presences.size() < MAX_PRESENCES) {
                Optional<Want> want = next();
                if (want.isEmpty()) {
                    break;
                }
                Optional<Block> block = answer(want.get(), presences);
                if (block.isPresent()) {
                    blocks.add(block.get());
                    size += MessageCodec.size(block.get());
                }
            }
        } finally {
            server.turnOver();
        }
        return Message.answer(blocks, presences);
    }

    private Optional<Want> next() {
        lock.lock();
        try {
            return wants.next();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Block> answer(Want want, List<Presence> presences) throws IOException {
        if (want.kind() == Want.Kind.HAVE) {
            boolean have = server.holds(want.cid());
            if (have) {
                met(want);
            }
            if (have || want.sendDontHave()) {
                presences.add(new Presence(want.cid(), have));
            }
            return Optional.empty();
        }
        Optional<Bytes> block =
                server.block(want.cid()).filter(it -> it.length() <= BlockSink.MAX_BLOCK);
        if (block.isPresent()) {
            met(want);
        } else if (want.sendDontHave()) {
            presences.add(new Presence(want.cid(), false));
        }
        return block.map(bytes -> new Block(want.cid(), bytes));
    }

    private void met(Want want) {
        lock.lock();
        try {
            wants.met(want);
        } finally {
            lock.unlock();
        }
    }

    PeerId peer() {
        return peer;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        answers.close();
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.PlainChannel;
import io.ggen.libp2p.muxer.YamuxMuxer;
import io.ggen.libp2p.muxer.YamuxOptions;
import io.ggen.libp2p.security.Role;

class YamuxFuzzTest {
    private static final int MOST = 60_000;

    private final YamuxMuxer muxer = new YamuxMuxer(YamuxOptions.standard());

    /** Whatever frames come, the connection ends when they do, and all its streams with it. */
    @FuzzTest
    void everyConnectionEnds(byte[] data) {
        if (data.length > MOST) {
            return;
        }
        MemoryPipe.Pair pipe = MemoryPipe.create();
        pipe.left().write(Bytes.of(data).buffer());
        pipe.left().closeWrite();
        try (MuxedConnection connection =
                muxer.mux(
                        new PlainChannel(pipe.right()),
                        Role.RESPONDER,
                        MemoryBudget.of(64 << 20))) {
            acceptAll(connection);
            Verdict.same(connection.streams(), 0);
        }
    }

    private static void acceptAll(MuxedConnection connection) {
        try {
            while (true) {
                connection.accept();
            }
        } catch (Libp2pException e) {
            Verdict.same(e.code(), Libp2pException.Code.CONNECTION_CLOSED);
        }
    }
}

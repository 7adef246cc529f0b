package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.io.MemoryPipe;
import io.ggen.libp2p.multistream.Multistream;

import java.util.List;

class MultistreamFuzzTest {
    private static final Bytes HEADER = Bytes.utf8("\u0013/multistream/1.0.0\n");
    private static final int MOST = 32_000;

    /** As answerer and as proposer, with and without the header. */
    @FuzzTest
    void negotiationsEnd(byte[] data) {
        if (data.length > MOST) {
            return;
        }
        for (Bytes said : List.of(Bytes.of(data), HEADER.concat(Bytes.of(data)))) {
            Verdict.of(() -> Multistream.answer(hearing(said), "/a/1"::equals));
            Verdict.of(() -> Multistream.propose(hearing(said), List.of("/a/1", "/b/1")));
        }
    }

    private static MemoryPipe hearing(Bytes said) {
        MemoryPipe.Pair pipe = MemoryPipe.create();
        pipe.left().write(said.buffer());
        pipe.left().closeWrite();
        return pipe.right();
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.content.DagPbNode;

class BlockFuzzTest {
    @FuzzTest
    void blocksAreReadOrRefused(byte[] data) {
        Verdict.of(() -> DagPbNode.decodeAny(Bytes.of(data)));
        Verdict.of(() -> DagPbNode.decode(Bytes.of(data)))
                .ifPresent(node -> Verdict.same(DagPbNode.decodeAny(node.encode()), node));
    }
}

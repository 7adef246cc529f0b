package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.pnet.PreSharedKey;

class PreSharedKeyFuzzTest {
    @FuzzTest
    void keyFilesReadBackAsTheyWereWritten(byte[] data) {
        Verdict.of(() -> PreSharedKey.parse(Bytes.of(data)))
                .ifPresent(key -> Verdict.same(PreSharedKey.parse(Bytes.utf8(key.text())), key));
    }
}

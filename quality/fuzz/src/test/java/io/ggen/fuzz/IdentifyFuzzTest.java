package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protocol.IdentifyMessages;

class IdentifyFuzzTest {
    private static final int MOST = 60_000;

    @FuzzTest
    void whatPeersSayIsReadOrRefused(byte[] data) {
        if (data.length <= MOST) {
            Verdict.of(() -> IdentifyMessages.read(Bytes.of(data)));
        }
    }
}

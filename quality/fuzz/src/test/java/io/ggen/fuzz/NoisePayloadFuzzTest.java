package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.security.NoisePayloads;

class NoisePayloadFuzzTest {
    @FuzzTest
    void payloadsAreReadOrRefused(byte[] data) {
        Verdict.of(() -> NoisePayloads.read(Bytes.of(data)));
    }
}

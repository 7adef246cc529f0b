package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.YankCodec;

class ReleaseFuzzTest {
    @FuzzTest
    void payloadsAreReadOrRefused(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> ReleaseCodec.decode(bytes))
                .ifPresent(release ->
                        Verdict.same(ReleaseCodec.decode(ReleaseCodec.encode(release)), release));
        Verdict.of(() -> YankCodec.decode(bytes));
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.nio.charset.StandardCharsets;

class CidFuzzTest {
    @FuzzTest
    void cidsReadBackAsTheyWereWritten(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Verdict.of(() -> Cid.parse(text))
                .ifPresent(cid -> Verdict.same(Cid.parse(cid.toString()), cid));
        Verdict.of(() -> Cid.decode(Bytes.of(data)))
                .ifPresent(cid -> Verdict.same(Cid.parse(cid.toString()), cid));
    }
}

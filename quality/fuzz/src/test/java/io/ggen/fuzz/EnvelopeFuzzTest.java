package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.EnvelopeCodec;

class EnvelopeFuzzTest {
    @FuzzTest
    void aRecordHasOneEncoding(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> EnvelopeCodec.decode(bytes))
                .ifPresent(envelope -> Verdict.same(EnvelopeCodec.encode(envelope), bytes));
    }
}

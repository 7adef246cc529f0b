package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerRecord;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.SignedEnvelope;

class PeerRecordFuzzTest {
    private static final PrivateKey KEY = PrivateKey.ofSeed(Bytes.fromHex("01".repeat(32)));

    /** As the envelope, and as what a sound envelope holds. */
    @FuzzTest
    void recordsAreReadOrRefused(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> PeerRecord.open(bytes));
        if (data.length < 4096) {
            Bytes sealed =
                    SignedEnvelope.seal(KEY, "libp2p-peer-record", Bytes.fromHex("0301"), bytes)
                            .encode();
            Verdict.of(() -> PeerRecord.open(sealed))
                    .ifPresent(record -> Verdict.same(PeerRecord.open(record.seal(KEY)), record));
        }
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadRequest;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multihash;

class KadFuzzTest {
    private static final PeerId SENDER =
            new PeerId(Multihash.of(Sha256.of(Bytes.utf8("sender"))).encode());
    private static final int MAX_SENT = 16 << 10;

    @FuzzTest
    void requestsAreReadOrRefusedAndSentAsTheyWereRead(byte[] data) {
        Verdict.of(() -> KadRequest.decode(Bytes.of(data), SENDER)).ifPresent(KadFuzzTest::check);
    }

    private static void check(KadRequest request) {
        Verdict.of(request::encode)
                .ifPresent(sent -> Verdict.same(KadRequest.decode(sent, SENDER), request));
    }

    @FuzzTest
    void answersAreReadOrRefusedAndSentInTheSpaceThereIs(byte[] data) {
        var requests =
                new KadRequest[] {
                    new KadRequest.FindNode(Bytes.utf8("k")),
                    new KadRequest.GetValue(Bytes.utf8("/n/k")),
                    new KadRequest.GetProviders(Bytes.utf8("k")),
                    new KadRequest.Ping()
                };
        for (KadRequest request : requests) {
            Verdict.of(() -> KadAnswer.decode(Bytes.of(data), request))
                    .ifPresent(answer -> check(answer, request));
        }
    }

    private static void check(KadAnswer answer, KadRequest request) {
        Verdict.of(() -> answer.encode(request))
                .ifPresent(sent -> {
                    if (sent.length() > MAX_SENT) {
                        throw new AssertionError("an answer of " + sent.length() + " bytes");
                    }
                    Verdict.same(KadAnswer.decode(sent, request).record(), answer.record());
                });
    }
}

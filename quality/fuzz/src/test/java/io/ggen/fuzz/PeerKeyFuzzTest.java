package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;

import java.nio.charset.StandardCharsets;

class PeerKeyFuzzTest {
    @FuzzTest
    void keysAndPeerIdsReadBackAsTheyWereWritten(byte[] data) {
        Bytes bytes = Bytes.of(data);
        Verdict.of(() -> PublicKey.decode(bytes))
                .ifPresent(key -> {
                    Verdict.same(PublicKey.decode(key.encode()), key);
                    Verdict.same(PeerId.parse(key.peerId().toString()), key.peerId());
                });
        Verdict.of(() -> PrivateKey.decode(bytes));
        Verdict.of(() -> PeerId.parse(new String(data, StandardCharsets.UTF_8)))
                .ifPresent(id -> Verdict.same(PeerId.parse(id.toString()), id));
    }
}

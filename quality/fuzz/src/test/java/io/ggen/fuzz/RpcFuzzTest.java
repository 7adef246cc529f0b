package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcCodec;
import io.ggen.libp2p.gossipsub.rpc.RpcLimits;
import io.ggen.libp2p.gossipsub.rpc.StrictSign;

class RpcFuzzTest {
    @FuzzTest
    void rpcsAreReadOrRefusedAndTheirMessagesTravelOnUnchanged(byte[] data) {
        Verdict.of(() -> decode(Bytes.of(data))).ifPresent(RpcFuzzTest::check);
    }

    private static Rpc decode(Bytes frame) {
        return RpcCodec.decode(frame, RpcLimits.standard());
    }

    private static void check(Rpc rpc) {
        for (Message message : rpc.messages()) {
            Rpc sentOn = Rpc.of(message);
            Verdict.same(decode(RpcCodec.encode(sentOn)), sentOn);
            if (StrictSign.check(message) instanceof StrictSign.Check.Genuine) {
                throw new AssertionError("a signature was guessed");
            }
        }
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryPipe;

class BitswapFuzzTest {
    private static final int MOST = 16_000;

    @FuzzTest
    void messagesAreReadAndWrittenBackOrRefused(byte[] data) {
        if (data.length <= MOST) {
            Verdict.of(() -> MessageCodec.decode(Bytes.of(data))).ifPresent(BitswapFuzzTest::check);
        }
    }

    private static void check(Message message) {
        for (Block block : message.blocks()) {
            Verdict.same(block.isGenuine(), true);
        }
        MemoryPipe.Pair pipe = MemoryPipe.create();
        Thread writer = Thread.ofVirtual().start(() -> MessageCodec.write(pipe.left(), message));
        Bytes frame = Frames.read(pipe.right(), MessageCodec.MAX_MESSAGE).orElseThrow();
        Verdict.same(MessageCodec.decode(frame), message);
        writer.interrupt();
    }
}

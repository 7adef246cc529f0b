package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Multiaddr;

import java.nio.charset.StandardCharsets;

class MultiaddrFuzzTest {
    @FuzzTest
    void addressesReadBackAsTheyWereWritten(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Verdict.of(() -> Multiaddr.parse(text)).ifPresent(MultiaddrFuzzTest::comesBack);
        Verdict.of(() -> Multiaddr.decode(Bytes.of(data))).ifPresent(MultiaddrFuzzTest::comesBack);
    }

    private static void comesBack(Multiaddr address) {
        Verdict.same(Multiaddr.parse(address.toString()), address);
        if (address.encode().length() <= Multiaddr.MAX_LENGTH) {
            Verdict.same(Multiaddr.decode(address.encode()), address);
        }
    }
}

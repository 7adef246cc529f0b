package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.core.install.lock.Lockfile;

import java.nio.charset.StandardCharsets;

class LockfileFuzzTest {
    @FuzzTest
    void lockfilesReadBackAsTheyWereWritten(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Verdict.of(() -> Lockfile.parse("ggen.lock", text))
                .ifPresent(lockfile ->
                        Verdict.same(
                                Lockfile.parse("ggen.lock", lockfile.text()).text(),
                                lockfile.text()));
    }
}

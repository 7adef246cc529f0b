package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.ManifestParser;
import io.ggen.marketplace.model.ManifestReading;

class ManifestFuzzTest {
    @FuzzTest
    void manifestsAreReadOrTheirFaultsListed(byte[] data) {
        switch (ManifestParser.parse("package.toml", Bytes.of(data))) {
            case ManifestReading.Sound sound ->
                    Verdict.same(sound.manifest().id().toString().isEmpty(), false);
            case ManifestReading.Faulty faulty -> {
                Verdict.same(faulty.faults().isEmpty(), false);
                faulty.faults().forEach(ManifestFuzzTest::check);
            }
        }
    }

    private static void check(Fault fault) {
        Verdict.same(fault.reason().isBlank() || fault.hint().isBlank(), false);
    }
}

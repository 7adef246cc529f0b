package io.ggen.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.model.Version;

class VersionFuzzTest {
    @FuzzTest
    void versionsReadBackAsTheyWereWritten(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Verdict.of(() -> Version.parse(text))
                .ifPresent(version -> Verdict.same(Version.parse(version.toString()), version));
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.List;

class RangeFuzzTest {
    private static final List<Version> PROBES =
            List.of(
                    Version.parse("0.0.0"),
                    Version.parse("1.2.3"),
                    Version.parse("1.2.3-rc.1"),
                    Version.parse("9007199254740991.0.0"));

    @FuzzTest
    void rangesMeanTheSameWhenReadBack(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Verdict.of(() -> VersionRange.parse(text)).ifPresent(RangeFuzzTest::check);
    }

    private static void check(VersionRange range) {
        VersionRange again = VersionRange.parse(range.toString());
        for (Version probe : PROBES) {
            Verdict.same(again.contains(probe), range.contains(probe));
        }
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.model.PackageId;

import java.nio.file.Path;

class NameFuzzTest {
    private static final Path ROOT = Path.of("/registry");

    @FuzzTest
    void noNameLeavesItsFolder(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        Verdict.of(() -> new PackageId(text))
                .ifPresent(id -> {
                    Path folder = ROOT.resolve(id.folder());
                    Verdict.same(folder.normalize(), folder);
                    Verdict.same(folder.startsWith(ROOT), true);
                    Verdict.same(id.toString(), text);
                });
    }
}

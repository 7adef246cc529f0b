package io.ggen.marketplace.core.install;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes sure, before anything is fetched, that twice its size is free on each disk concerned. */
final class Space {
    private Space() {}

    static void check(InstallEnvironment environment, InstallPlace place, long size)
            throws IOException {
        long required = size > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * size;
        for (Path folder : List.of(environment.home().store(), place.packages())) {
            Files.createDirectories(folder);
            long available = environment.settings().freeSpace().of(folder);
            if (available < required) {
                throw new MarketplaceException(
                        ErrorCode.INSUFFICIENT_SPACE,
                        "Not enough room on the disk of "
                                + folder
                                + ": "
                                + new ByteSize(required)
                                + " are required, "
                                + new ByteSize(available)
                                + " are available. Nothing was changed.",
                        "Free some space: `ggen m clean` removes what no project needs any more;"
                                + " `--home` or `--target` name a place on another disk.",
                        Map.of(
                                "required",
                                Long.toString(required),
                                "available",
                                Long.toString(available),
                                "path",
                                folder.toString()));
            }
        }
    }
}

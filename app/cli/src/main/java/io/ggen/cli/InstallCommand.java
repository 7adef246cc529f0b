package io.ggen.cli;

import io.ggen.marketplace.core.install.InstallPlace;
import io.ggen.marketplace.core.install.InstallRequest;
import io.ggen.marketplace.core.install.PackageSpec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;

import java.util.ArrayList;
import java.util.List;

/** Installs packages, or makes a project equal to its lockfile; {@code add} in a project. */
final class InstallCommand implements Command {
    private final boolean adds;

    /**
     * Makes the command.
     *
     * @param adds whether it is {@code add}
     */
    InstallCommand(boolean adds) {
        this.adds = adds;
    }

    @Override
    public Usage usage() {
        List<Option> options =
                new ArrayList<>(
                        List.of(
                                Places.TARGET,
                                Places.GLOBAL,
                                Places.DRY_RUN,
                                Places.FORCE,
                                Places.NO_DEPENDENCIES,
                                Places.ALLOW_UNSIGNED,
                                Places.ALLOW_YANKED,
                                Places.ALLOW_DENIED));
        if (adds) {
            return new Usage(
                    "SPEC…",
                    Usage.MANY,
                    options,
                    "SPEC is ID or ID@RANGE. ggen.toml keeps its comments and its order.",
                    List.of(
                            new Usage.Example("add acme/ui", "the newest version, as ^version"),
                            new Usage.Example("add acme/ui@~2.1", "what you ask for")));
        }
        options.add(Places.LOCKED);
        options.add(Places.FROZEN);
        return new Usage(
                "[SPEC…]",
                Usage.MANY,
                options,
                "SPEC is ID or ID@RANGE. Without SPEC what ggen.toml and ggen.lock ask for. In a\n"
                        + "project SPEC is added to ggen.toml; elsewhere the home's packages are"
                        + " meant.",
                List.of(
                        new Usage.Example("install", "what the project asks for"),
                        new Usage.Example("install acme/ui@^2 --dry-run", "only show it"),
                        new Usage.Example("install --frozen --offline", "in a build"),
                        new Usage.Example("install acme/ui --target ./vendor", "a folder")));
    }

    @Override
    public int run(Call call) {
        ChangeView view = new ChangeView(call);
        List<PackageSpec> specs = new ArrayList<>(call.words().size());
        for (String word : call.words()) {
            specs.add(PackageSpec.parse(word));
        }
        InstallPlace place = adds ? Places.ofProject(call) : Places.of(call);
        InstallRequest request =
                new InstallRequest(place, specs, Places.flags(call), call.session().publisherDid());
        try {
            return view.show(
                    adds
                            ? call.session().installer().add(request)
                            : call.session().installer().install(request));
        } catch (MarketplaceException e) {
            throw suggesting(call, specs, e);
        }
    }

    /** Adds which package may have been meant, where one that was asked for is not known. */
    private static MarketplaceException suggesting(
            Call call, List<PackageSpec> specs, MarketplaceException error) {
        if (error.code() != ErrorCode.PACKAGE_NOT_FOUND) {
            return error;
        }
        for (PackageSpec spec : specs) {
            if (!call.session().registry().exists(PackageRef.of(spec.id()))) {
                List<String> near = call.session().packages().near(spec.id());
                if (!near.isEmpty()) {
                    return new MarketplaceException(
                                    error.code(),
                                    String.valueOf(error.getMessage()),
                                    "did you mean " + String.join(" or ", near) + "?",
                                    error.details())
                            .causedBy(error);
                }
            }
        }
        return error;
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.install.ChangeRequest;

import java.util.List;

/** Takes newer versions. */
final class UpdateCommand implements Command {
    private static final Option ALL = Option.flag("--all", "everything; the same as no ID");

    @Override
    public Usage usage() {
        return new Usage(
                "[ID…]",
                Usage.MANY,
                List.of(
                        ALL,
                        Places.TARGET,
                        Places.GLOBAL,
                        Places.DRY_RUN,
                        Places.FORCE,
                        Places.ALLOW_UNSIGNED,
                        Places.ALLOW_YANKED,
                        Places.ALLOW_DENIED),
                "The newest versions within the ranges asked for. --force also rebuilds the\n"
                        + "registry's index from its files.",
                List.of(
                        new Usage.Example("update", "everything"),
                        new Usage.Example(
                                "update acme/ui --dry-run", "one package, only show it")));
    }

    @Override
    public int run(Call call) {
        ChangeView view = new ChangeView(call);
        if (call.has(Places.FORCE.name()) && !call.has(Places.DRY_RUN.name())) {
            call.session().rebuildRegistryIndex();
        }
        ChangeRequest request =
                new ChangeRequest(Places.of(call), RemoveCommand.ids(call), Places.flags(call));
        return view.show(call.session().installer().update(request));
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.install.ChangeRequest;
import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.List;

/** Removes packages that were asked for, and what nobody needs then. */
final class RemoveCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID…",
                Usage.MANY,
                List.of(Places.TARGET, Places.GLOBAL, Places.DRY_RUN),
                "What nothing else needs then goes too. ggen.toml keeps its comments and its order.",
                List.of(
                        new Usage.Example("remove acme/ui", "and what nobody needs then"),
                        new Usage.Example("undo", "take it back")));
    }

    @Override
    public int run(Call call) {
        ChangeView view = new ChangeView(call);
        ChangeRequest request = new ChangeRequest(Places.of(call), ids(call), Places.flags(call));
        return view.show(call.session().installer().remove(request));
    }

    /** Returns the ids that the words name. */
    static List<PackageId> ids(Call call) {
        List<PackageId> ids = new ArrayList<>(call.words().size());
        for (String word : call.words()) {
            ids.add(Names.of(word).id());
        }
        return ids;
    }
}

package io.ggen.cli;

import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.List;

/** Shows why a package is installed. */
final class WhyCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID",
                1,
                List.of(Places.TARGET, Places.GLOBAL),
                "Every way from what was asked for to the package, at most 100.",
                List.of(
                        new Usage.Example("why leaf-pack", "who needs it"),
                        new Usage.Example(
                                "why leaf-pack --global", "among the packages of the home")));
    }

    @Override
    public int run(Call call) {
        PackageId id = Names.of(call.words().getFirst()).id();
        List<List<String>> paths = new ArrayList<>();
        for (List<PackageId> path : Places.inspection(call).why(id)) {
            paths.add(path.stream().map(PackageId::text).toList());
        }
        Console console = call.console();
        if (console.json()) {
            console.data(call.json().lists("paths", paths).done());
            return 0;
        }
        Text text = console.text();
        for (List<String> path : paths) {
            text.add(String.join(" -> ", path)).line();
        }
        console.print(text);
        return 0;
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.install.Inspection.Node;

import java.util.List;

/** Shows the tree of what is installed. */
final class TreeCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(Places.TARGET, Places.GLOBAL),
                "A package that was shown before is marked (*) and not followed again.",
                List.of(
                        new Usage.Example("tree", "what is installed, and through whom"),
                        new Usage.Example("tree --global", "of the home")));
    }

    @Override
    public int run(Call call) {
        List<Node> roots = Places.inspection(call).tree();
        Console console = call.console();
        if (console.json()) {
            console.data(call.json().list("roots", roots, TreeCommand::json).done());
            return 0;
        }
        Text text = console.text();
        for (Node root : roots) {
            node(text, root, "");
        }
        console.print(text);
        Places.sayWhenEmpty(call, roots.isEmpty());
        return 0;
    }

    private static void json(Json out, Node one) {
        out.field("id", one.id().text()).field("version", one.version().toString());
        out.list("dependencies", one.dependencies(), TreeCommand::json);
    }

    private static void node(Text text, Node one, String indent) {
        text.bold(one.id().text()).add(" ").green(one.version().toString());
        text.dim(one.repeated() ? " (*)" : "").line();
        int left = one.dependencies().size();
        for (Node below : one.dependencies()) {
            boolean last = --left == 0;
            text.add(indent + (last ? "└── " : "├── "));
            node(text, below, indent + (last ? "    " : "│   "));
        }
    }
}

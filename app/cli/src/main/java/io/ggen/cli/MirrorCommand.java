package io.ggen.cli;

import java.util.List;

/** Copies signed packages between registries. */
final class MirrorCommand implements Command {
    private static final Option FILTER =
            Option.value("--filter", "QUERY", "what a search for QUERY finds alone");
    private static final Option IMPORTED =
            Option.flag("--include-imported", "what this home imported from elsewhere, too");

    @Override
    public Usage usage() {
        return new Usage(
                "FROM TO",
                2,
                List.of(FILTER, IMPORTED),
                "FROM and TO are what --registry takes. Records and signatures stay as they are; what\n"
                        + "is in TO already is passed over, so a mirror that was cut short goes on.",
                List.of(
                        new Usage.Example("mirror file p2p", "share your file registry"),
                        new Usage.Example("mirror p2p /media/usb/registry", "take a copy along"),
                        new Usage.Example("mirror file p2p --filter tag:rdf", "some of it")));
    }

    @Override
    public int run(Call call) {
        String from = place(call, call.words().getFirst());
        String to = place(call, call.words().getLast());
        if (from.equals(to)) {
            throw Arguments.usage("FROM and TO are the same", "name two registries");
        }
        if (to.equals("p2p")) {
            NetworkAnswer.needsNode(call);
        }
        return ImportCommand.report(
                call,
                call.session()
                        .authoring()
                        .mirror(
                                from,
                                to,
                                call.value(FILTER.name()).orElse(""),
                                call.has(IMPORTED.name())));
    }

    private static String place(Call call, String word) {
        return switch (word) {
            case "file", "p2p", "hybrid" -> word;
            default -> word.contains("://") ? word : call.path(word).toString();
        };
    }
}

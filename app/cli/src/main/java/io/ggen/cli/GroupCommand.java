package io.ggen.cli;

import java.util.List;

/** The first word of several commands, alone: shows what may follow. */
final class GroupCommand implements Command {
    private final String name;

    GroupCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        String first = name.equals("p2p") ? " start" : " list";
        return new Usage(
                "[COMMAND]",
                0,
                List.of(),
                "",
                List.of(new Usage.Example("help " + name + first, "the page of one of them")));
    }

    @Override
    public int run(Call call) {
        throw Arguments.usage(name + " needs a COMMAND", "one of: " + following());
    }

    private String following() {
        StringBuilder names = new StringBuilder();
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().startsWith(name + " ")) {
                names.append(names.isEmpty() ? "" : ", ");
                names.append(row.name(), name.length() + 1, row.name().length());
            }
        }
        return names.toString();
    }
}

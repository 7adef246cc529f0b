package io.ggen.cli;

/**
 * A piece of output being written, with emphasis where the reader's terminal shows colours. All
 * text that goes in is escaped.
 */
final class Text {
    private static final String RESET = "\u001b[0m";

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;

    Text(boolean colour) {
        this.colour = colour;
    }

    /** Returns {@code 1 package}, {@code 2 packages}: a number and what there is so many of. */
    static String count(long number, String noun) {
        return number == 1 ? "1 " + noun : number + " " + noun + "s";
    }

    Text add(String plain) {
        out.append(Escape.terminal(plain));
        return this;
    }

    Text add(long number) {
        out.append(number);
        return this;
    }

    Text bold(String text) {
        return styled("\u001b[1m", text);
    }

    Text dim(String text) {
        return styled("\u001b[2m", text);
    }

    Text red(String text) {
        return styled("\u001b[1;31m", text);
    }

    Text green(String text) {
        return styled("\u001b[32m", text);
    }

    Text yellow(String text) {
        return styled("\u001b[33m", text);
    }

    Text cyan(String text) {
        return styled("\u001b[36m", text);
    }

    /** Adds {@code text} and spaces up to {@code width}, at least one. */
    Text column(String text, int width) {
        return add(text).pad(width - text.length());
    }

    /** Adds {@code count} spaces, at least one. */
    Text pad(int count) {
        out.append(" ".repeat(Math.max(1, count)));
        return this;
    }

    Text line() {
        out.append('\n');
        return this;
    }

    /** Adds control characters of our own. */
    Text raw(String control) {
        out.append(control);
        return this;
    }

    private Text styled(String code, String text) {
        if (!colour) {
            return add(text);
        }
        out.append(code).append(Escape.terminal(text)).append(RESET);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

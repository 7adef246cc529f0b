package io.ggen.marketplace.model;

/** Says in words why something was refused. */
final class Text {
    private Text() {}

    static String reason(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "malformed" : message;
    }
}

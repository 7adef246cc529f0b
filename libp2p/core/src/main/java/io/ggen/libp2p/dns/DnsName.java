package io.ggen.libp2p.dns;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A domain name: labels of 1 to 63 bytes, at most 253 with the dots between them. Bytes beyond
 * ASCII are kept as Latin-1 characters. Compared without regard to case, which is lost. Immutable.
 *
 * @param labels from the host to the top; none for the root
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-2.3">RFC 1035, section 2.3</a>
 */
public record DnsName(List<String> labels) {
    /** The longest label, in bytes. */
    public static final int MAX_LABEL = 63;

    /** The longest name, in bytes, with the dots between its labels. */
    public static final int MAX_LENGTH = 253;

    private static final int MAX_CHARACTER = 0xff;

    /** Checks the lengths; throws IllegalArgumentException. */
    public DnsName {
        labels = labels.stream().map(label -> label.toLowerCase(Locale.ROOT)).toList();
        int length = Math.max(0, labels.size() - 1);
        for (String label : labels) {
            if (label.isEmpty()
                    || label.length() > MAX_LABEL
                    || label.chars().anyMatch(character -> character > MAX_CHARACTER)) {
                throw new IllegalArgumentException("not a name: " + String.join(".", labels));
            }
            length += label.length();
        }
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a name has at most " + MAX_LENGTH + " bytes");
        }
    }

    /** Reads labels with dots between them; a dot at the end is not needed. */
    public static DnsName parse(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return new DnsName(List.of(name.split("\\.", -1)));
    }

    /** Returns the name of {@code label} below this one. */
    public DnsName child(String label) {
        return new DnsName(Stream.concat(Stream.of(label), labels.stream()).toList());
    }

    /** Returns whether this name is one label below {@code parent}. */
    public boolean isChildOf(DnsName parent) {
        return labels.size() == parent.labels.size() + 1
                && labels.subList(1, labels.size()).equals(parent.labels);
    }

    /** Returns the labels with dots between them, for people: a label may hold a dot itself. */
    @Override
    public String toString() {
        return String.join(".", labels);
    }
}

package io.ggen.multiformats;

import io.ggen.base.Bytes;
import io.ggen.base.Varint;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network address that says how to get there: components such as {@code
 * /ip4/127.0.0.1/tcp/4001/p2p/12D3Koo…}. Immutable, equal by value, with one text and one binary
 * form.
 *
 * @see <a href="https://github.com/multiformats/multiaddr">multiaddr</a>
 */
public record Multiaddr(List<Component> components) {
    /** The longest binary form that is read, in bytes. */
    public static final int MAX_LENGTH = 1024;

    /** The most components of one address. */
    public static final int MAX_COMPONENTS = 32;

    /** Copies the list and checks its length: at least one component. */
    public Multiaddr {
        components = List.copyOf(components);
        if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
            throw new IllegalArgumentException(
                    "an address has 1 to " + MAX_COMPONENTS + " components");
        }
    }

    /**
     * One step of an address.
     *
     * @param value the binary value, without its length; empty where the protocol has none
     */
    public record Component(AddressProtocol protocol, Bytes value) {
        /** Checks that the value has the protocol's shape. */
        public Component {
            int size = protocol.value().size();
            if (size >= 0 && value.length() != size) {
                throw new IllegalArgumentException(
                        protocol.text() + " has a value of " + size + " bytes");
            }
            protocol.value().format(value);
        }

        /** Returns the value's text; empty where the protocol has none. */
        public String text() {
            return protocol.value().format(value);
        }

        @Override
        public String toString() {
            String text = text();
            return "/"
                    + protocol.text()
                    + (protocol.value().size() == 0
                            ? ""
                            : text.startsWith("/") ? text : "/" + text);
        }
    }

    /** Reads the text form; throws IllegalArgumentException that names what is wrong. */
    public static Multiaddr parse(String text) {
        if (!text.startsWith("/") || text.length() > 2 * MAX_LENGTH) {
            throw new IllegalArgumentException("an address begins with a slash: " + text);
        }
        List<Component> components = new ArrayList<>();
        int at = 0;
        while (at < text.length() && !text.substring(at).equals("/")) {
            int nameEnd = end(text, at + 1);
            String name = text.substring(at + 1, nameEnd);
            AddressProtocol protocol =
                    AddressProtocol.of(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "unknown protocol " + name + " in " + text));
            at = nameEnd;
            String value = "";
            if (protocol.value().takesRest()) {
                value = text.substring(at);
                at = text.length();
            } else if (protocol.value().size() != 0) {
                int valueEnd = at < text.length() ? end(text, at + 1) : at;
                value = at < text.length() ? text.substring(at + 1, valueEnd) : "";
                at = valueEnd;
            }
            components.add(component(protocol, value, text));
        }
        return new Multiaddr(components);
    }

    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    private static Component component(AddressProtocol protocol, String value, String text) {
        try {
            return new Component(protocol, protocol.value().parse(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the value of " + protocol.text() + " in " + text + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the binary form, which fills {@code bytes} exactly.
     *
     * @throws IllegalArgumentException for malformed bytes and for protocols that are not known
     *     here
     */
    public static Multiaddr decode(Bytes bytes) {
        if (bytes.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "an address of " + bytes.length() + " bytes is too long");
        }
        List<Component> components = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            Varint.Decoded code = Varint.read(bytes, at);
            AddressProtocol protocol =
                    AddressProtocol.of(code.value())
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "unknown address protocol " + code.value()));
            long size = protocol.value().size();
            at = code.end();
            if (size < 0) {
                Varint.Decoded length = Varint.read(bytes, at);
                size = length.value();
                at = length.end();
            }
            if (size > bytes.length() - at) {
                throw new IllegalArgumentException("the address is cut off in " + protocol.text());
            }
            components.add(new Component(protocol, bytes.slice(at, at + (int) size)));
            at += (int) size;
        }
        return new Multiaddr(components);
    }

    /**
     * Reads a list of binary addresses as a peer announces it, leaving out those that are malformed
     * or use protocols that are not known here.
     *
     * @param most how many are read at most
     */
    public static List<Multiaddr> decodeKnown(List<Bytes> addresses, int most) {
        List<Multiaddr> known = new ArrayList<>();
        for (Bytes address : addresses.subList(0, Math.min(most, addresses.size()))) {
            tryDecode(address).ifPresent(known::add);
        }
        return List.copyOf(known);
    }

    private static Optional<Multiaddr> tryDecode(Bytes address) {
        try {
            return Optional.of(decode(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the binary form. */
    public Bytes encode() {
        var out = new ByteArrayOutputStream(64);
        for (Component component : components) {
            Varint.write(component.protocol().code(), out);
            if (component.protocol().value().size() < 0) {
                Varint.write(component.value().length(), out);
            }
            out.writeBytes(component.value().toArray());
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Returns the value of the first component of {@code protocol}, as text. */
    public Optional<String> value(AddressProtocol protocol) {
        for (Component component : components) {
            if (component.protocol() == protocol) {
                return Optional.of(component.text());
            }
        }
        return Optional.empty();
    }

    /** Returns whether a component of {@code protocol} is in this address. */
    public boolean has(AddressProtocol protocol) {
        return value(protocol).isPresent();
    }

    /** Returns this address followed by {@code next}. */
    public Multiaddr encapsulate(Multiaddr next) {
        List<Component> joined = new ArrayList<>(components);
        joined.addAll(next.components);
        return new Multiaddr(joined);
    }

    /** Returns the text form. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        components.forEach(text::append);
        return text.toString();
    }
}

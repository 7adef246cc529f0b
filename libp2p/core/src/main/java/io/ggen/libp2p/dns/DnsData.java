package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a record says. */
public sealed interface DnsData {
    /** Another name: of a PTR or CNAME record. */
    record Name(DnsName target) implements DnsData {}

    /**
     * The strings of a TXT record.
     *
     * @param strings each of at most 255 bytes
     */
    record Texts(List<Bytes> strings) implements DnsData {
        /** The longest string, in bytes. */
        public static final int MAX_STRING = 255;

        /** Checks the lengths; throws IllegalArgumentException. */
        public Texts {
            strings = List.copyOf(strings);
            if (strings.stream().anyMatch(string -> string.length() > MAX_STRING)) {
                throw new IllegalArgumentException("a string has at most 255 bytes");
            }
        }

        /** Returns the strings of {@code texts}. */
        public static Texts of(List<String> texts) {
            return new Texts(texts.stream().map(Bytes::utf8).toList());
        }

        /** Returns each string as UTF-8; what is none stands as replacement characters. */
        public List<String> texts() {
            return strings.stream().map(Texts::text).toList();
        }

        /** Returns the strings joined to one text. */
        public String joined() {
            var out = new ByteArrayOutputStream();
            strings.forEach(string -> out.writeBytes(string.toArray()));
            return out.toString(StandardCharsets.UTF_8);
        }

        private static String text(Bytes string) {
            return new String(string.toArray(), StandardCharsets.UTF_8);
        }
    }

    /** Where a service is, as an SRV record says; priority and weight are not kept. */
    record Service(int port, DnsName target) implements DnsData {}

    /** What is not understood here, as it came: names in it may lead into its own message. */
    record Other(Bytes bytes) implements DnsData {}
}

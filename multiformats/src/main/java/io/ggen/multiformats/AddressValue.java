package io.ggen.multiformats;

import io.ggen.base.Bytes;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The shapes that a multiaddr component's value has, each between its text and its bytes. */
enum AddressValue {
    NONE(0) {
        @Override
        Bytes parse(String text) {
            return Bytes.empty();
        }

        @Override
        String format(Bytes value) {
            return "";
        }
    },
    OCTET(1) {
        @Override
        Bytes parse(String text) {
            return Bytes.of((byte) number(text, 255));
        }

        @Override
        String format(Bytes value) {
            return Integer.toString(value.get(0) & 0xff);
        }
    },
    PORT(2) {
        @Override
        Bytes parse(String text) {
            long port = number(text, 65535);
            return Bytes.of((byte) (port >> 8), (byte) port);
        }

        @Override
        String format(Bytes value) {
            return Integer.toString(value.buffer().getShort() & 0xffff);
        }
    },
    IP4(4) {
        @Override
        Bytes parse(String text) {
            return IpText.parse4(text);
        }

        @Override
        String format(Bytes value) {
            return IpText.format4(value);
        }
    },
    IP6(16) {
        @Override
        Bytes parse(String text) {
            return IpText.parse6(text);
        }

        @Override
        String format(Bytes value) {
            return IpText.format6(value);
        }
    },
    NUMBER(8) {
        @Override
        Bytes parse(String text) {
            return Bytes.wrap(ByteBuffer.allocate(8).putLong(Long.parseUnsignedLong(text)).array());
        }

        @Override
        String format(Bytes value) {
            return Long.toUnsignedString(value.buffer().getLong());
        }
    },
    ONION3(37) {
        @Override
        Bytes parse(String text) {
            int colon = text.indexOf(':');
            if (colon != 56) {
                throw new IllegalArgumentException(
                        "an onion3 address is 56 characters, a colon and a port");
            }
            return Multibase.BASE32
                    .decodeBare(text.substring(0, colon))
                    .concat(PORT.parse(text.substring(57)));
        }

        @Override
        String format(Bytes value) {
            return Multibase.BASE32.encodeBare(value.slice(0, 35))
                    + ":"
                    + PORT.format(value.slice(35, 37));
        }
    },
    TEXT(-1) {
        @Override
        Bytes parse(String text) {
            return checkText(Bytes.utf8(text));
        }

        @Override
        String format(Bytes value) {
            return checkText(value).utf8();
        }
    },
    PATH(-1) {
        @Override
        Bytes parse(String text) {
            return Bytes.utf8(text);
        }

        @Override
        String format(Bytes value) {
            return value.utf8();
        }
    },
    HTTP_PATH(-1) {
        @Override
        Bytes parse(String text) {
            return Bytes.utf8(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        }

        @Override
        String format(Bytes value) {
            return URLEncoder.encode(value.utf8(), StandardCharsets.UTF_8).replace("+", "%20");
        }
    },
    PEER(-1) {
        @Override
        Bytes parse(String text) {
            if (text.startsWith("1") || text.startsWith("Qm")) {
                return checked(Multibase.BASE58BTC.decodeBare(text));
            }
            Cid cid = Cid.parse(text);
            if (cid.version() != 1 || cid.codec() != LIBP2P_KEY) {
                throw new IllegalArgumentException("a peer id as CID has the codec libp2p-key");
            }
            return cid.hash().encode();
        }

        @Override
        String format(Bytes value) {
            return Multibase.BASE58BTC.encodeBare(checked(value));
        }

        private Bytes checked(Bytes value) {
            Multihash.decode(value);
            return value;
        }
    },
    CERTHASH(-1) {
        @Override
        Bytes parse(String text) {
            Bytes value = Multibase.decode(text);
            Multihash.decode(value);
            return value;
        }

        @Override
        String format(Bytes value) {
            Multihash.decode(value);
            return Multibase.BASE64URL.encode(value);
        }
    };

    private static final long LIBP2P_KEY = 0x72;

    private final int size;

    AddressValue(int size) {
        this.size = size;
    }

    /** Returns the number of bytes, or -1 where a length stands before the value. */
    int size() {
        return size;
    }

    /** Returns the bytes of a text; throws IllegalArgumentException when it does not fit. */
    abstract Bytes parse(String text);

    /**
     * Returns the text of bytes of the right size; throws IllegalArgumentException when they make
     * no sense.
     */
    abstract String format(Bytes value);

    /** Returns whether the value is all that is left of the text, slashes included. */
    boolean takesRest() {
        return this == PATH;
    }

    private static Bytes checkText(Bytes value) {
        String text = value.utf8();
        if (text.isEmpty() || text.indexOf('/') >= 0 || !Bytes.utf8(text).equals(value)) {
            throw new IllegalArgumentException(
                    "a name in an address is UTF-8, not empty, and has no slash");
        }
        return value;
    }

    private static long number(String text, long most) {
        if (text.isEmpty()
                || text.length() > 5
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a number from 0 to " + most + ": " + text);
        }
        long value = Long.parseLong(text);
        if (value > most) {
            throw new IllegalArgumentException("not a number from 0 to " + most + ": " + text);
        }
        return value;
    }
}

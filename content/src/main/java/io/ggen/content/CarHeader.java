package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a CAR v1, in DAG-CBOR: a map of the roots and the version.
 *
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CARv1</a>
 */
record CarHeader(List<Cid> roots) {
    private static final int UNSIGNED = 0;
    private static final int BYTE_STRING = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int LINK = 42;

    CarHeader {
        roots = List.copyOf(roots);
    }

    Bytes encode() {
        var out = new ByteArrayOutputStream();
        head(out, MAP, 2);
        text(out, "roots");
        head(out, ARRAY, roots.size());
        for (Cid root : roots) {
            Bytes cid = root.encode();
            head(out, TAG, LINK);
            head(out, BYTE_STRING, cid.length() + 1);
            out.write(0);
            out.writeBytes(cid.toArray());
        }
        text(out, "version");
        head(out, UNSIGNED, 1);
        return Bytes.wrap(out.toByteArray());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        head(out, TEXT, text.length());
        out.writeBytes(Bytes.utf8(text).toArray());
    }

    /** Writes the shortest head for values below 2^16. */
    private static void head(ByteArrayOutputStream out, int type, int value) {
        if (value < 24) {
            out.write(type << 5 | value);
        } else if (value < 256) {
            out.write(type << 5 | 24);
            out.write(value);
        } else {
            out.write(type << 5 | 25);
            out.write(value >> 8);
            out.write(value);
        }
    }

    /** Reads a header that fills {@code bytes}; throws {@link ContentException} otherwise. */
    static CarHeader decode(Bytes bytes) {
        return new Decoder(bytes).header();
    }

    /** Reads the little of CBOR that a header is made of. */
    private static final class Decoder {
        private final Bytes bytes;
        private int at;

        Decoder(Bytes bytes) {
            this.bytes = bytes;
        }

        CarHeader header() {
            long fields = head(MAP);
            List<Cid> roots = new ArrayList<>();
            long version = 0;
            boolean rooted = false;
            for (long i = 0; i < fields; i++) {
                String key = string(TEXT).utf8();
                if (key.equals("roots") && !rooted) {
                    rooted = true;
                    roots(roots);
                } else if (key.equals("version") && version == 0) {
                    version = head(UNSIGNED);
                } else {
                    throw malformed("has a field of another name or one twice");
                }
            }
            if (version != 1) {
                throw malformed("is of version " + version + ", only 1 is read");
            }
            if (!rooted || at != bytes.length()) {
                throw malformed("has no roots, or goes on after its end");
            }
            return new CarHeader(roots);
        }

        private void roots(List<Cid> roots) {
            long count = head(ARRAY);
            for (long i = 0; i < count; i++) {
                if (head(TAG) != LINK) {
                    throw malformed("has a root that is no link");
                }
                Bytes link = string(BYTE_STRING);
                if (link.length() == 0 || link.get(0) != 0) {
                    throw malformed("has a link without its leading zero");
                }
                roots.add(CarReader.cid(link.slice(1, link.length())));
            }
        }

        private Bytes string(int type) {
            long length = head(type);
            if (length > bytes.length() - at) {
                throw malformed("ends within a string of " + length + " bytes");
            }
            at += (int) length;
            return bytes.slice(at - (int) length, at);
        }

        /** Reads one head of this type; a count is never more than the bytes that are left. */
        private long head(int type) {
            int first = next();
            if (first >> 5 != type) {
                throw malformed("has CBOR of type " + (first >> 5) + " in place of " + type);
            }
            int size = first & 31;
            if (size < 24) {
                return size;
            }
            if (size > 27) {
                throw malformed("has a length that is not given");
            }
            long value = 0;
            for (int i = 1 << (size - 24); i > 0; i--) {
                value = value << 8 | next();
            }
            if (value < 0) {
                throw malformed("has an absurd number");
            }
            return value;
        }

        private int next() {
            if (at == bytes.length()) {
                throw malformed("is cut off");
            }
            return bytes.get(at++) & 0xff;
        }

        private static ContentException malformed(String what) {
            return ContentException.malformed("a CAR's header " + what);
        }
    }
}

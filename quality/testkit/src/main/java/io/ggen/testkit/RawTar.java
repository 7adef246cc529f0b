package io.ggen.testkit;

import io.ggen.base.Bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Builds tar archives byte by byte, sound ones and hostile ones: nothing is checked. */
public final class RawTar {
    /** Bytes of one tar record. */
    public static final int RECORD = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a regular file (0644). */
    public RawTar file(String name, String content) {
        return file(name, Bytes.utf8(content));
    }

    /** Adds a regular file (0644). */
    public RawTar file(String name, Bytes content) {
        return entry(header(name).size(content.length()), content);
    }

    /** Adds a folder (0755); a tar names folders with a slash at the end. */
    public RawTar directory(String name) {
        return entry(header(name).type('5').mode("0000755"), Bytes.empty());
    }

    /** Adds a symbolic link. */
    public RawTar symlink(String name, String target) {
        return entry(header(name).type('2').link(target), Bytes.empty());
    }

    /** Adds a hard link. */
    public RawTar hardlink(String name, String target) {
        return entry(header(name).type('1').link(target), Bytes.empty());
    }

    /** Adds a PAX extended header for the next entry ({@code key, value, key, value…}). */
    public RawTar pax(String... pairs) {
        return extended('x', "PaxHeader", paxRecords(pairs));
    }

    /** Adds a global PAX header. */
    public RawTar globalPax(String... pairs) {
        return extended('g', "GlobalHead", paxRecords(pairs));
    }

    /** Adds a GNU long-name entry for the next one. */
    public RawTar gnuLongName(String name) {
        return extended('L', "././@LongLink", Bytes.utf8(name + "\0"));
    }

    /** Adds a GNU long-link entry for the next one. */
    public RawTar gnuLongLink(String target) {
        return extended('K', "././@LongLink", Bytes.utf8(target + "\0"));
    }

    /** Adds an entry of any type whose content is {@code content}. */
    public RawTar extended(char type, String name, Bytes content) {
        return entry(header(name).type(type).size(content.length()), content);
    }

    /** Adds a header as it stands, and {@code content} padded to full records. */
    public RawTar entry(Header header, Bytes content) {
        raw(header.bytes());
        raw(content);
        return raw(Bytes.wrap(new byte[Math.floorMod(-content.length(), RECORD)]));
    }

    /** Adds bytes as they are. */
    public RawTar raw(Bytes bytes) {
        out.writeBytes(bytes.toArray());
        return this;
    }

    /** Returns the archive without an end mark. */
    public Bytes unfinished() {
        return Bytes.wrap(out.toByteArray());
    }

    /** Returns the archive closed by two empty records. */
    public Bytes bytes() {
        return unfinished().concat(Bytes.wrap(new byte[2 * RECORD]));
    }

    /** Returns {@code content} as one gzip member. */
    public static Bytes gzip(Bytes content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            content.writeTo(gzip);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack in memory", e);
        }
        return Bytes.wrap(packed.toByteArray());
    }

    /** Returns PAX records ({@code "27 path=…\n"}) of keys and values. */
    public static Bytes paxRecords(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            text.append(paxRecord(pairs[i] + "=" + pairs[i + 1]));
        }
        return Bytes.utf8(text.toString());
    }

    private static String paxRecord(String pair) {
        int rest = pair.getBytes(StandardCharsets.UTF_8).length + 2;
        int length = rest + Integer.toString(rest).length();
        if (Integer.toString(length).length() > Integer.toString(rest).length()) {
            length++;
        }
        return length + " " + pair + "\n";
    }

    /** Returns a ustar header of a regular file (0644, time 0) of size zero. */
    public static Header header(String name) {
        return new Header().name(name).mode("0000644").size(0).type('0');
    }

    /** One tar header of 512 bytes; its checksum is computed unless it was set. */
    public static final class Header {
        private final byte[] record = new byte[RECORD];
        private boolean checksumSet;

        private Header() {
            put(108, "0000000").put(116, "0000000").put(136, "00000000000");
            put(257, "ustar\0" + "00");
        }

        /** Sets the name, cut at 100 bytes. */
        public Header name(String name) {
            return field(0, 100, name);
        }

        /** Sets the seven octal digits of the mode. */
        public Header mode(String octal) {
            return put(100, octal);
        }

        /** Sets the size. */
        public Header size(long size) {
            return put(124, "%011o".formatted(size));
        }

        /** Sets the twelve bytes of the size as they are, for base-256 and broken sizes. */
        public Header rawSize(Bytes twelve) {
            System.arraycopy(twelve.toArray(), 0, record, 124, twelve.length());
            return this;
        }

        /** Sets the time of modification in seconds. */
        public Header time(long seconds) {
            return put(136, "%011o".formatted(seconds));
        }

        /** Sets the type flag. */
        public Header type(char type) {
            record[156] = (byte) type;
            return this;
        }

        /** Sets the link target, cut at 100 bytes. */
        public Header link(String target) {
            return field(157, 100, target);
        }

        /** Sets the eight bytes of magic and version ("ustar\0" and "00" for POSIX). */
        public Header magic(String magic) {
            return field(257, 8, magic);
        }

        /** Sets the name's prefix, cut at 155 bytes. */
        public Header prefix(String prefix) {
            return field(345, 155, prefix);
        }

        /** Sets the checksum field to any text of up to eight bytes. */
        public Header checksum(String text) {
            checksumSet = true;
            return field(148, 8, text);
        }

        /** Sets ASCII text at any offset. */
        public Header put(int offset, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, record, offset, bytes.length);
            return this;
        }

        private Header field(int offset, int width, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Arrays.fill(record, offset, offset + width, (byte) 0);
            System.arraycopy(bytes, 0, record, offset, Math.min(width, bytes.length));
            return this;
        }

        /** Returns the 512 bytes. */
        public Bytes bytes() {
            if (!checksumSet) {
                put(148, "        ");
                int sum = 0;
                for (byte b : record) {
                    sum += b & 0xff;
                }
                put(148, "%06o\0 ".formatted(sum));
            }
            return Bytes.of(record);
        }
    }
}

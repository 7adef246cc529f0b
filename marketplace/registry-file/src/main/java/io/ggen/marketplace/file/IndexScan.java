package io.ggen.marketplace.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

import io.ggen.base.Bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a whole index.json for where its members stand. Needed when somebody else wrote it; a
 * splice of our own keeps the offsets.
 */
final class IndexScan {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Bytes text;
    private final List<OffsetTable.Entry> entries = new ArrayList<>();
    private long updatedAt = -1;
    private int updatedAtWidth;
    private long open = -1;
    private long end = -1;
    private long members;
    private final List<Range> others = new ArrayList<>();

    private IndexScan(Bytes text) {
        this.text = text;
    }

    /** A part of the text. */
    record Range(long start, long end) {}

    /**
     * What a scan found.
     *
     * @param open offset behind the opening brace of {@code packages}
     * @param entries the members whose key is a package id, in plain letters
     * @param others all other members
     */
    record Found(
            Bytes text,
            IndexShape shape,
            long open,
            List<OffsetTable.Entry> entries,
            List<Range> others) {}

    /** Returns the value of {@code entry} in {@code text}. */
    static Bytes value(Bytes text, OffsetTable.Entry entry) {
        return value(text.slice((int) entry.start(), (int) entry.end()), entry.id());
    }

    /** Returns the value of a member, key included, of {@code id}. */
    static Bytes value(Bytes member, String id) {
        int colon = id.length() + 2;
        while (member.get(colon) != ':') {
            colon++;
        }
        return member.slice(colon + 1, member.length());
    }

    /** Returns a fresh index without packages. */
    static Found empty(String updatedAt) {
        try {
            return scan(
                    Bytes.utf8(
                            "{\"version\":\"1.0.0\",\"updated_at\":\""
                                    + updatedAt
                                    + "\",\"packages\":{\n}}\n"));
        } catch (BrokenException e) {
            throw new IllegalStateException("our own text is an index", e);
        }
    }

    /** The text is not an index; the entries before the fault are still good. */
    static final class BrokenException extends IOException {
        private final transient List<OffsetTable.Entry> sound;

        BrokenException(String message, List<OffsetTable.Entry> sound) {
            super(message);
            this.sound = List.copyOf(sound);
        }

        List<OffsetTable.Entry> sound() {
            return sound;
        }
    }

    static Found scan(Bytes text) throws BrokenException {
        IndexScan scan = new IndexScan(text);
        try (JsonParser parser = JSON.createParser(text.stream())) {
            scan.root(parser);
        } catch (JsonProcessingException e) {
            throw new BrokenException(
                    e.getOriginalMessage()
                            + " (line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr()
                            + ")",
                    scan.entries);
        } catch (IOException e) {
            throw new BrokenException(String.valueOf(e.getMessage()), scan.entries);
        }
        return new Found(
                text,
                new IndexShape(scan.updatedAt, scan.updatedAtWidth, scan.end, scan.members, 0),
                scan.open,
                scan.entries,
                scan.others);
    }

    private void root(JsonParser parser) throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "it is not an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("packages")) {
                expect(value == JsonToken.START_OBJECT, "\"packages\" is not an object");
                packages(parser);
            } else if (name.equals("updated_at") && value == JsonToken.VALUE_STRING) {
                updatedAt = parser.currentTokenLocation().getByteOffset();
                parser.finishToken();
                updatedAtWidth = (int) (offset(parser) - updatedAt);
            } else {
                parser.skipChildren();
            }
        }
        expect(end >= 0, "it has no \"packages\"");
        expect(parser.nextToken() == null, "something follows its end");
    }

    private void packages(JsonParser parser) throws IOException {
        open = offset(parser);
        end = open;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String id = parser.currentName();
            long start = parser.currentTokenLocation().getByteOffset();
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            end = offset(parser);
            members++;
            if (isPlainKey(id, start) && Names.id(id).isPresent()) {
                entries.add(new OffsetTable.Entry(id, start, (int) (end - start), false));
            } else {
                others.add(new Range(start, end));
            }
        }
    }

    private boolean isPlainKey(String id, long start) {
        int at = (int) start;
        if (text.get(at) != '"' || text.get(at + id.length() + 1) != '"') {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (text.get(at + 1 + i) != id.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long offset(JsonParser parser) {
        return parser.currentLocation().getByteOffset();
    }

    private void expect(boolean condition, String message) throws BrokenException {
        if (!condition) {
            throw new BrokenException(message, entries);
        }
    }
}

package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * What the index keeps of a document to show it: texts one after the other, each with its length
 * before it; categories and tags with their count. The id comes first, so rows sort by id.
 */
final class Row {
    private static final int MAX_LIST = 200;

    private byte[] bytes = new byte[512];
    private int length;

    /** Encodes {@code document}; valid until the next call. */
    BytesRef encode(SearchDocument document) {
        length = 0;
        text(document.id().text());
        text(document.publisher().map(Did::text).orElse(""));
        list(document.categories());
        list(document.tags());
        text(document.newest().toString());
        text(document.source());
        text(document.description());
        return new BytesRef(bytes, 0, length);
    }

    private void list(List<String> values) {
        int count = Math.min(values.size(), MAX_LIST);
        number(count);
        for (int i = 0; i < count; i++) {
            text(values.get(i));
        }
    }

    private void text(String value) {
        int size = UnicodeUtil.calcUTF16toUTF8Length(value, 0, value.length());
        number(size);
        reserve(size);
        length = UnicodeUtil.UTF16toUTF8(value, 0, value.length(), bytes, length);
    }

    private void number(int value) {
        reserve(5);
        int rest = value;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, (length + more) * 2);
        }
    }

    /** Decodes a whole row. */
    static SearchHit decode(BytesRef row, double score) throws IOException {
        ByteArrayDataInput in = new ByteArrayDataInput(row.bytes, row.offset, row.length);
        PackageId id = new PackageId(in.readString());
        String publisher = in.readString();
        List<String> categories = list(in);
        List<String> tags = list(in);
        Version version = Version.parse(in.readString());
        String source = in.readString();
        return new SearchHit(
                id,
                version,
                publisher.isEmpty() ? Optional.empty() : Optional.of(new Did(publisher)),
                in.readString(),
                categories,
                tags,
                source,
                score,
                OptionalDouble.empty(),
                0);
    }

    private static List<String> list(ByteArrayDataInput in) throws IOException {
        int count = in.readVInt();
        if (count == 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.readString());
        }
        return List.copyOf(values);
    }

    /** Hands the categories and tags of {@code row} out. */
    static void facets(BytesRef row, Consumer<String> category, Consumer<String> tag)
            throws IOException {
        ByteArrayDataInput in = new ByteArrayDataInput(row.bytes, row.offset, row.length);
        in.skipBytes(in.readVInt());
        in.skipBytes(in.readVInt());
        list(in).forEach(category);
        list(in).forEach(tag);
    }
}

package io.ggen.marketplace.core.search;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns documents into Lucene's fields. Reused from document to document; not thread-safe. */
final class DocumentFields {
    /** Id, a zero character and the publisher or nothing: one document each. */
    static final String KEY = "key";

    /** Words with the place of each as frequency. */
    static final String WORD = "word";

    /** Whole tags, whole categories, the publisher's DID. */
    static final String TAG = "tag";

    static final String CATEGORY = "category";
    static final String PUBLISHER = "publisher";

    /** What is shown. */
    static final String ROW = "row";

    /** Popularity and age: the greater first among equally relevant documents. */
    static final String RANK = "rank";

    private static final int MAX_TERM = 200;
    private static final FieldType WORDS = new FieldType();

    static {
        WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WORDS.setTokenized(true);
        WORDS.freeze();
    }

    private final WordBag bag = new WordBag();
    private final Row row = new Row();
    private final StringField key = new StringField(KEY, "", Field.Store.NO);
    private final Field words = new Field(WORD, new WordStream(bag), WORDS);
    private final BinaryDocValuesField shown = new BinaryDocValuesField(ROW, new BytesRef());
    private final NumericDocValuesField rank = new NumericDocValuesField(RANK, 0);
    private final List<IndexableField> fields = new ArrayList<>();

    /** Returns the fields of {@code document}; valid until the next call. */
    List<IndexableField> of(SearchDocument document) {
        collectWords(document);
        key.setStringValue(keyText(document.id(), document.publisher()));
        shown.setBytesValue(row.encode(document));
        rank.setLongValue(rank(document));
        fields.clear();
        fields.add(key);
        fields.add(words);
        fields.add(shown);
        fields.add(rank);
        document.tags().forEach(tag -> fields.add(whole(TAG, tag)));
        document.categories().forEach(category -> fields.add(whole(CATEGORY, category)));
        document.publisher().ifPresent(did -> fields.add(whole(PUBLISHER, did.text())));
        return fields;
    }

    private void collectWords(SearchDocument document) {
        bag.clear();
        String name = document.id().name();
        bag.add(name, isOneWord(name) ? Place.NAME_ALONE : Place.NAME);
        document.id().scope().ifPresent(scope -> bag.add(scope, Place.TITLE));
        bag.add(document.title(), Place.TITLE);
        document.tags().forEach(tag -> bag.add(tag, Place.TAG));
        document.keywords().forEach(keyword -> bag.add(keyword, Place.TAG));
        document.categories().forEach(category -> bag.add(category, Place.TAG));
        bag.add(document.description(), Place.DESCRIPTION);
    }

    private static boolean isOneWord(String name) {
        return name.indexOf('-') < 0 && name.indexOf('.') < 0 && name.indexOf('_') < 0;
    }

    private static StringField whole(String field, String value) {
        return new StringField(field, normalized(field, value), Field.Store.NO);
    }

    /** Returns {@code value} as it stands in {@code field}. */
    static String normalized(String field, String value) {
        String text = value.length() > MAX_TERM ? value.substring(0, MAX_TERM) : value;
        return field.equals(PUBLISHER) ? text : text.strip().toLowerCase(Locale.ROOT);
    }

    static Term keyTerm(PackageId id, Optional<Did> publisher) {
        return new Term(KEY, keyText(id, publisher));
    }

    private static String keyText(PackageId id, Optional<Did> publisher) {
        return id.text() + '\0' + (publisher.isPresent() ? publisher.get().text() : "");
    }

    private static long rank(SearchDocument document) {
        long popularity = Math.round(8 * Math.log(1.0 + document.popularity()) / Math.log(2));
        long seconds = Math.clamp(document.publishedAt().getEpochSecond(), 0, (1L << 40) - 1);
        return popularity << 40 | seconds;
    }
}

package io.ggen.marketplace.p2p.search;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one node asks another.
 *
 * @param query words, categories, tags, publisher and limit; the rest of it stays with the asker
 * @param id all releases of exactly this id are wanted, and of the query the publisher alone counts
 */
public record Question(Query query, Optional<PackageId> id) {
    /** The most results that can be asked for. */
    public static final int MAX_LIMIT = 100;

    /** The longest question in bytes. */
    public static final int MAX_LENGTH = 8 * 1_024;

    private static final int MAX_TEXT = 1_024;

    /** So many characters never take more bytes than a text may have. */
    private static final int MAX_CHARACTERS = MAX_TEXT / 4;

    private static final int MAX_LABEL = 64;
    private static final int MAX_LABELS = 32;
    private static final int USUAL_LIMIT = 20;

    /** Checks the number of labels: at most 32 categories and 32 tags. */
    public Question {
        if (query.categories().size() > MAX_LABELS || query.tags().size() > MAX_LABELS) {
            throw new IllegalArgumentException("more than 32 categories or tags");
        }
    }

    /** Asks for packages that match {@code query}; at most 100 are answered. */
    public static Question of(Query query) {
        return new Question(query, Optional.empty());
    }

    /** Asks for all releases of {@code ref}. */
    public static Question of(PackageRef ref) {
        Query query = new Query("", List.of(), List.of(), ref.publisher(), 0, MAX_LIMIT, false);
        return new Question(query, Optional.of(ref.id()));
    }

    /** Returns the message without its length. */
    public Bytes encode() {
        var out = new ProtoWriter();
        if (!query.text().isEmpty()) {
            out.text(1, query.text().substring(0, Math.min(query.text().length(), MAX_CHARACTERS)));
        }
        query.categories().forEach(category -> out.text(2, category));
        query.tags().forEach(tag -> out.text(3, tag));
        query.publisher().ifPresent(did -> out.text(4, did.text()));
        out.uint64(5, Math.min(query.limit(), MAX_LIMIT));
        id.ifPresent(it -> out.text(6, it.text()));
        return out.toBytes();
    }

    /** Reads a message that came without its length; throws MalformedMessageException. */
    public static Question decode(Bytes message) {
        String text = "";
        List<String> categories = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        String publisher = "";
        int limit = USUAL_LIMIT;
        String id = "";
        var reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> text = reader.text(MAX_TEXT);
                case 2 -> add(reader, categories);
                case 3 -> add(reader, tags);
                case 4 -> publisher = reader.text(MAX_LABEL);
                case 5 -> limit = Math.clamp(reader.saturatedInt(), 1, MAX_LIMIT);
                case 6 -> id = reader.text(3 * MAX_LABEL);
                default -> {
                    // of a later version
                }
            }
        }
        try {
            Optional<Did> did =
                    publisher.isEmpty() ? Optional.empty() : Optional.of(new Did(publisher));
            return new Question(
                    new Query(text, categories, tags, did, 0, limit, false),
                    id.isEmpty() ? Optional.empty() : Optional.of(new PackageId(id)));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("a question that cannot be: " + e.getMessage());
        }
    }

    private static void add(ProtoReader reader, List<String> labels) {
        if (labels.size() == MAX_LABELS) {
            throw new MalformedMessageException("more than 32 categories or tags");
        }
        labels.add(reader.text(MAX_LABEL));
    }
}

package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.marketplace.model.Envelope;

import java.util.ArrayList;
import java.util.List;

/** A message of the exchange. */
public sealed interface CatalogueMessage {
    /** The longest message in bytes. */
    int MAX_LENGTH = 1 << 20;

    /** The most ids of a Fetch and envelopes of a Records. */
    int MAX_RECORDS = 80;

    /** The longest text of an error in bytes. */
    int MAX_REASON = 1_024;

    /** The number of the field that holds it. */
    private int field() {
        return switch (this) {
            case Reconcile it -> 1;
            case Fetch it -> 2;
            case Records it -> 3;
            case Refusal it -> 4;
        };
    }

    private Bytes value() {
        var inner = new ProtoWriter();
        return switch (this) {
            case Reconcile it -> it.message();
            case Fetch it -> {
                it.ids().forEach(id -> inner.bytes(1, id.bytes()));
                yield inner.toBytes();
            }
            case Records it -> {
                it.envelopes().forEach(envelope -> inner.bytes(1, envelope));
                yield inner.toBytes();
            }
            case Refusal it -> Bytes.utf8(it.reason());
        };
    }

    /** A message of the reconciliation. */
    record Reconcile(Bytes message) implements CatalogueMessage {}

    /** Asks for records by their ids. */
    record Fetch(List<Sha256> ids) implements CatalogueMessage {
        /** Copies the list and checks its length. */
        public Fetch {
            ids = List.copyOf(ids);
            check(ids.size());
        }
    }

    /** Encoded envelopes, asked for or offered. */
    record Records(List<Bytes> envelopes) implements CatalogueMessage {
        /** Copies the list and checks its length. */
        public Records {
            envelopes = List.copyOf(envelopes);
            check(envelopes.size());
        }
    }

    /** Ends the exchange. */
    record Refusal(String reason) implements CatalogueMessage {}

    private static void check(int size) {
        if (size > MAX_RECORDS) {
            throw new MalformedMessageException(size + " records in one message, not 80");
        }
    }

    /** Returns the message without its length. */
    default Bytes encode() {
        return new ProtoWriter().bytes(field(), value()).toBytes();
    }

    /** Reads a message that came without its length; throws MalformedMessageException. */
    static CatalogueMessage decode(Bytes message) {
        List<CatalogueMessage> found = new ArrayList<>(1);
        var reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> found.add(new Reconcile(reader.bytes(MAX_LENGTH)));
                case 2 -> found.add(new Fetch(ids(reader.bytes(MAX_LENGTH))));
                case 3 -> found.add(new Records(envelopes(reader.bytes(MAX_LENGTH))));
                case 4 -> found.add(new Refusal(reader.text(MAX_REASON)));
                default -> {
                    // of a later version
                }
            }
            if (found.size() > 1) {
                throw new MalformedMessageException("more than one message at once");
            }
        }
        if (found.isEmpty()) {
            throw new MalformedMessageException("a message that says nothing");
        }
        return found.getFirst();
    }

    private static List<Sha256> ids(Bytes fetch) {
        return list(fetch, Sha256.LENGTH).stream().map(CatalogueMessage::id).toList();
    }

    private static Sha256 id(Bytes bytes) {
        if (bytes.length() != Sha256.LENGTH) {
            throw new MalformedMessageException("a record id of " + bytes.length() + " bytes");
        }
        return new Sha256(bytes);
    }

    private static List<Bytes> envelopes(Bytes records) {
        return list(records, Envelope.MAX_ENCODED);
    }

    private static List<Bytes> list(Bytes message, int most) {
        List<Bytes> list = new ArrayList<>();
        var reader = new ProtoReader(message);
        while (reader.next()) {
            if (reader.field() == 1) {
                list.add(reader.bytes(most));
                check(list.size());
            }
        }
        return list;
    }
}

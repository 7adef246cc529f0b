package io.ggen.marketplace.p2p.search;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;
import io.ggen.marketplace.model.Envelope;

import java.util.ArrayList;
import java.util.List;

/**
 * What a node answers, not verified yet.
 *
 * @param envelopes encoded, best first, a yank after its release
 * @param isComplete whether nothing was cut off
 */
public record Answer(List<Bytes> envelopes, boolean isComplete) {
    /** The longest answer in bytes. */
    public static final int MAX_LENGTH = 1 << 20;

    /** What a field's number and length take at most. */
    private static final int OVERHEAD = 4;

    /** Copies the list. */
    public Answer {
        envelopes = List.copyOf(envelopes);
    }

    /** Returns the answer with as many of the first {@code groups} as fit, each whole. */
    static Answer fitting(List<List<Bytes>> groups, boolean isComplete) {
        List<Bytes> fitting = new ArrayList<>();
        int room = MAX_LENGTH - OVERHEAD;
        for (List<Bytes> group : groups) {
            for (Bytes envelope : group) {
                room -= envelope.length() + OVERHEAD;
            }
            if (room < 0) {
                return new Answer(fitting, false);
            }
            fitting.addAll(group);
        }
        return new Answer(fitting, isComplete);
    }

    /** Returns the message without its length. */
    public Bytes encode() {
        var out = new ProtoWriter();
        envelopes.forEach(envelope -> out.bytes(1, envelope));
        return out.bool(2, isComplete).toBytes();
    }

    /** Reads a message that came without its length; throws MalformedMessageException. */
    public static Answer decode(Bytes message) {
        List<Bytes> envelopes = new ArrayList<>();
        boolean isComplete = false;
        var reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> envelopes.add(reader.bytes(Envelope.MAX_ENCODED));
                case 2 -> isComplete = reader.bool();
                default -> {
                    // of a later version
                }
            }
        }
        return new Answer(envelopes, isComplete);
    }
}

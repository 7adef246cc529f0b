package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;
import io.ggen.libp2p.protobuf.ProtoWriter;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A message of a topic. Immutable, equal by its bytes.
 *
 * <p>Fields that are not known here are kept: they are part of what its author signed and travel on
 * with the message.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#the-message">the
 *     message</a>
 */
public final class Message {
    static final int FROM = 1;
    static final int DATA = 2;
    static final int SEQNO = 3;
    static final int TOPIC = 4;
    static final int SIGNATURE = 5;
    static final int KEY = 6;
    private static final int KNOWN = 7;

    private final Bytes signedPart;
    private final Bytes[] fields;

    private Message(Bytes signedPart, Bytes[] fields) {
        this.signedPart = signedPart;
        this.fields = fields;
    }

    /** Returns a message without a signature. */
    static Message unsigned(Bytes from, Bytes seqno, String topic, Bytes data) {
        Bytes[] fields = emptyFields();
        fields[FROM] = from;
        fields[DATA] = data;
        fields[SEQNO] = seqno;
        fields[TOPIC] = Bytes.utf8(topic);
        var writer = new ProtoWriter();
        for (int field = FROM; field <= TOPIC; field++) {
            writer.bytes(field, fields[field]);
        }
        return new Message(writer.toBytes(), fields);
    }

    private static Bytes[] emptyFields() {
        Bytes[] fields = new Bytes[KNOWN];
        Arrays.fill(fields, Bytes.empty());
        return fields;
    }

    /** Returns this message with a signature, and with the key where {@code key} is not empty. */
    Message signed(Bytes signature, Bytes key) {
        Bytes[] with = fields.clone();
        with[SIGNATURE] = signature;
        with[KEY] = key;
        return new Message(signedPart, with);
    }

    /**
     * Reads a message. Known fields may stand once each, in any order.
     *
     * @throws MalformedMessageException when it is malformed, or has no topic or one that is longer
     *     than the limits allow
     */
    static Message decode(Bytes encoded, RpcLimits limits) {
        Bytes[] fields = emptyFields();
        Bytes[] raw = emptyFields();
        var unknown = new ByteArrayOutputStream();
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            int field = reader.field();
            if (field < KNOWN) {
                if (raw[field].length() > 0) {
                    throw new MalformedMessageException(
                            "field " + field + " stands twice in a message");
                }
                fields[field] =
                        reader.bytes(field == TOPIC ? limits.topicBytes() : encoded.length());
                raw[field] = reader.raw();
            } else {
                unknown.writeBytes(reader.raw().toArray());
            }
        }
        if (fields[TOPIC].length() == 0) {
            throw new MalformedMessageException("a message has no topic");
        }
        Bytes signedPart = raw[FROM].concat(raw[DATA]).concat(raw[SEQNO]).concat(raw[TOPIC]);
        return new Message(signedPart.concat(Bytes.wrap(unknown.toByteArray())), fields);
    }

    /** Returns the protobuf form. */
    public Bytes encode() {
        var rest = new ProtoWriter();
        if (signature().length() > 0) {
            rest.bytes(SIGNATURE, signature());
        }
        if (key().length() > 0) {
            rest.bytes(KEY, key());
        }
        return signedPart.concat(rest.toBytes());
    }

    /** Returns the fields that the author signs: all but signature and key, in number order. */
    Bytes signedPart() {
        return signedPart;
    }

    /** Returns the bytes of its author's peer id, not yet checked; empty when there are none. */
    public Bytes from() {
        return fields[FROM];
    }

    /** Returns what it says. */
    public Bytes data() {
        return fields[DATA];
    }

    /** Returns its author's number for it, 8 bytes under StrictSign. */
    public Bytes seqno() {
        return fields[SEQNO];
    }

    /** Returns the topic it belongs to. */
    public String topic() {
        return fields[TOPIC].utf8();
    }

    /** Returns the signature, empty when there is none. */
    public Bytes signature() {
        return fields[SIGNATURE];
    }

    /** Returns the author's key in protobuf form where the peer id does not hold it; else empty. */
    public Bytes key() {
        return fields[KEY];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && signedPart.equals(that.signedPart)
                && signature().equals(that.signature())
                && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return 31 * signedPart.hashCode() + signature().hashCode();
    }

    @Override
    public String toString() {
        return "message of " + data().length() + " bytes in " + topic();
    }
}

package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

/**
 * Says when two messages are the same one: all peers of a topic must use the same function.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#message-identification">
 *     message identification</a>
 */
@FunctionalInterface
public interface MessageIds {
    /** Returns the id of {@code message}. */
    Bytes of(Message message);

    /**
     * Returns the function of this project's topics: SHA-256 of the topic's bytes, a zero byte and
     * the data. The same content is one message, whoever sends it.
     */
    static MessageIds byContent() {
        Bytes zero = Bytes.of((byte) 0);
        return message ->
                Sha256.of(Bytes.utf8(message.topic()).concat(zero).concat(message.data())).bytes();
    }

    /** Returns the function of the specification: author, then number, as go-libp2p has it. */
    static MessageIds byAuthor() {
        return message -> message.from().concat(message.seqno());
    }
}

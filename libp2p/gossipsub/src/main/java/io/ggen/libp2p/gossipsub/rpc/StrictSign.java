package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.InvalidKeyException;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The signature policy StrictSign: every message names its author, carries a number of 8 bytes and
 * is signed by the author's key over {@code libp2p-pubsub:} and its other fields. Stateless.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#message-signing">
 *     message signing</a>
 */
public final class StrictSign {
    private static final Bytes PREFIX = Bytes.utf8("libp2p-pubsub:");
    private static final int SEQNO_LENGTH = 8;

    private StrictSign() {}

    /** What the check of a message says. */
    public sealed interface Check {
        /** The author signed it. */
        record Genuine(PeerId author, long seqno) implements Check {}

        /** It is not signed as the policy wants it, for this reason. */
        record Forged(String reason) implements Check {}
    }

    /** Makes the signed message with the number {@code seqno} of the owner of {@code key}. */
    public static Message sign(PrivateKey key, long seqno, String topic, Bytes data) {
        PublicKey author = key.publicKey();
        Bytes number = Bytes.wrap(ByteBuffer.allocate(SEQNO_LENGTH).putLong(seqno).array());
        PeerId peer = author.peerId();
        Message message = Message.unsigned(peer.multihash(), number, topic, data);
        Bytes given = peer.publicKey().isPresent() ? Bytes.empty() : author.encode();
        return message.signed(key.sign(PREFIX.concat(message.signedPart())), given);
    }

    /** Checks who signed {@code message}. */
    public static Check check(Message message) {
        if (message.seqno().length() != SEQNO_LENGTH) {
            return new Check.Forged("its number has " + message.seqno().length() + " bytes, not 8");
        }
        if (message.signature().length() == 0) {
            return new Check.Forged("it has no signature");
        }
        try {
            PeerId author = new PeerId(message.from());
            PublicKey key = key(author, message.key());
            Bytes signed = PREFIX.concat(message.signedPart());
            return key.verify(signed, message.signature())
                    ? new Check.Genuine(author, message.seqno().buffer().getLong())
                    : new Check.Forged("the signature is wrong");
        } catch (InvalidKeyException e) {
            return new Check.Forged(String.valueOf(e.getMessage()));
        }
    }

    private static PublicKey key(PeerId author, Bytes given) {
        Optional<PublicKey> inline = author.publicKey();
        if (given.length() == 0) {
            return inline.orElseThrow(
                    () -> new InvalidKeyException("the author's key is not given"));
        }
        PublicKey key = PublicKey.decode(given);
        if (!author.matches(key)) {
            throw new InvalidKeyException("the key given is not the author's");
        }
        return key;
    }
}

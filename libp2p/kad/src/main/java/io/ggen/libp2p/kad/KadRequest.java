package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.kad.KadMessage.Operation;
import io.ggen.libp2p.key.PeerId;

import java.util.List;
import java.util.Optional;

/**
 * What one peer asks of another. Keys have 1 to 1,024 bytes, those of providers at most {@value
 * #MAX_PROVIDER_KEY}; keys of values begin with a namespace, as in {@code /namespace/rest}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#dht-operations">DHT
 *     operations</a>
 */
public sealed interface KadRequest {
    /** The longest key that has providers, in bytes. */
    int MAX_PROVIDER_KEY = 80;

    /** Which peers are near {@code target}, the bytes of a peer id or of any key? */
    record FindNode(Bytes target) implements KadRequest {
        /** Checks the length. */
        public FindNode {
            check(target, KadMessage.MAX_KEY);
        }
    }

    /** What is stored under {@code key}? */
    record GetValue(Bytes key) implements KadRequest {
        /** Checks length and namespace. */
        public GetValue {
            Namespaced.check(key);
        }
    }

    /** Store {@code value} under its key. */
    record PutValue(KadRecord value) implements KadRequest {
        /** Checks length and namespace of the key. */
        public PutValue {
            Namespaced.check(value.key());
        }
    }

    /** Who provides {@code key}, the bytes of a multihash as a rule? */
    record GetProviders(Bytes key) implements KadRequest {
        /** Checks the length. */
        public GetProviders {
            check(key, MAX_PROVIDER_KEY);
        }
    }

    /** The sender, {@code provider}, has what {@code key} names. Gets no answer. */
    record AddProvider(Bytes key, KadPeer provider) implements KadRequest {
        /** Checks the length, and that there is an address. */
        public AddProvider {
            check(key, MAX_PROVIDER_KEY);
            if (provider.addresses().isEmpty()) {
                throw violation("a provider without an address");
            }
        }
    }

    /** Is anybody there? Long superseded by the ping protocol, but still answered. */
    record Ping() implements KadRequest {}

    /** Returns the message as it is sent, without its length, in at most 16 KiB. */
    default Bytes encode() {
        return message().encode();
    }

    private KadMessage message() {
        return switch (this) {
            case FindNode(Bytes target) -> plain(Operation.FIND_NODE, target);
            case GetValue(Bytes key) -> plain(Operation.GET_VALUE, key);
            case GetProviders(Bytes key) -> plain(Operation.GET_PROVIDERS, key);
            case Ping() -> plain(Operation.PING, Bytes.empty());
            case PutValue(KadRecord value) ->
                    new KadMessage(
                            Operation.PUT_VALUE,
                            value.key(),
                            Optional.of(value),
                            List.of(),
                            List.of());
            case AddProvider(Bytes key, KadPeer provider) ->
                    new KadMessage(
                            Operation.ADD_PROVIDER,
                            key,
                            Optional.empty(),
                            List.of(),
                            List.of(provider));
        };
    }

    private static KadMessage plain(Operation type, Bytes key) {
        return new KadMessage(type, key, Optional.empty(), List.of(), List.of());
    }

    /**
     * Reads what {@code sender} asks.
     *
     * @throws Libp2pException MALFORMED, or PROTOCOL_VIOLATION for a key that is not allowed, a
     *     record under another key, or a provider other than the sender
     */
    static KadRequest decode(Bytes bytes, PeerId sender) {
        KadMessage message = KadMessage.decode(bytes);
        return switch (message.type()) {
            case FIND_NODE -> new FindNode(message.key());
            case GET_VALUE -> new GetValue(message.key());
            case PUT_VALUE -> put(message);
            case GET_PROVIDERS -> new GetProviders(message.key());
            case ADD_PROVIDER -> new AddProvider(message.key(), itself(message, sender));
            case PING -> new Ping();
        };
    }

    private static KadRequest put(KadMessage message) {
        KadRecord value =
                message.record().orElseThrow(() -> violation("PUT_VALUE without a record"));
        if (!value.key().equals(message.key())) {
            throw violation("PUT_VALUE with a record of another key");
        }
        return new PutValue(value);
    }

    private static KadPeer itself(KadMessage message, PeerId sender) {
        return message.providers().stream()
                .filter(provider -> provider.id().equals(sender))
                .findFirst()
                .orElseThrow(() -> violation("ADD_PROVIDER that does not name its sender"));
    }

    private static void check(Bytes key, int most) {
        if (key.length() == 0 || key.length() > most) {
            throw violation("a key of " + key.length() + " bytes, 1 to " + most + " are taken");
        }
    }

    private static Libp2pException violation(String message) {
        return new Libp2pException(Code.PROTOCOL_VIOLATION, "kad: " + message);
    }
}

package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.kad.KadMessage.Operation;

import java.util.List;
import java.util.Optional;

/**
 * What comes back to a {@link KadRequest}.
 *
 * @param record the value asked for, or the one that was stored
 * @param closer peers nearer to the key, nearest first
 * @param providers who has what the key names
 */
public record KadAnswer(Optional<KadRecord> record, List<KadPeer> closer, List<KadPeer> providers) {
    /** Copies the lists. */
    public KadAnswer {
        closer = List.copyOf(closer);
        providers = List.copyOf(providers);
    }

    /** Returns an answer of peers alone. */
    public static KadAnswer of(List<KadPeer> closer) {
        return new KadAnswer(Optional.empty(), closer, List.of());
    }

    /**
     * Returns the answer to {@code request} as it is sent, without its length, in at most 16 KiB:
     * the farthest peers are left out when there is no room for all.
     */
    public Bytes encode(KadRequest request) {
        return new KadMessage(type(request), key(request), record, closer, providers).encode();
    }

    /**
     * Reads the answer to {@code request}. Peers in the echo of a ping or a put are dropped.
     *
     * @throws Libp2pException MALFORMED, or PROTOCOL_VIOLATION when it answers something else or
     *     holds a record of another key
     */
    public static KadAnswer decode(Bytes bytes, KadRequest request) {
        KadMessage message = KadMessage.decode(bytes);
        Operation type = type(request);
        if (message.type() != type) {
            throw violation(type + " was answered by " + message.type());
        }
        if (message.record().filter(record -> !record.key().equals(key(request))).isPresent()) {
            throw violation("the answer to " + type + " holds a record of another key");
        }
        return switch (request) {
            case KadRequest.Ping ping -> of(List.of());
            case KadRequest.PutValue put -> new KadAnswer(message.record(), List.of(), List.of());
            case KadRequest.FindNode find -> of(message.closer());
            case KadRequest.GetValue get ->
                    new KadAnswer(message.record(), message.closer(), List.of());
            case KadRequest.GetProviders get ->
                    new KadAnswer(Optional.empty(), message.closer(), message.providers());
            case KadRequest.AddProvider add -> of(List.of());
        };
    }

    private static Operation type(KadRequest request) {
        return switch (request) {
            case KadRequest.Ping ping -> Operation.PING;
            case KadRequest.PutValue put -> Operation.PUT_VALUE;
            case KadRequest.FindNode find -> Operation.FIND_NODE;
            case KadRequest.GetValue get -> Operation.GET_VALUE;
            case KadRequest.GetProviders get -> Operation.GET_PROVIDERS;
            case KadRequest.AddProvider add -> Operation.ADD_PROVIDER;
        };
    }

    private static Bytes key(KadRequest request) {
        return switch (request) {
            case KadRequest.Ping ping -> Bytes.empty();
            case KadRequest.PutValue(KadRecord value) -> value.key();
            case KadRequest.FindNode(Bytes target) -> target;
            case KadRequest.GetValue(Bytes key) -> key;
            case KadRequest.GetProviders(Bytes key) -> key;
            case KadRequest.AddProvider(Bytes key, KadPeer provider) -> key;
        };
    }

    private static Libp2pException violation(String message) {
        return new Libp2pException(Code.PROTOCOL_VIOLATION, "kad: " + message);
    }
}

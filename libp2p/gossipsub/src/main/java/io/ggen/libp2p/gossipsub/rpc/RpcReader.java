package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoReader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads one RPC, counting as it goes. Used once, not thread-safe. */
final class RpcReader {
    private final RpcLimits limits;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Control.Have> have = new ArrayList<>();
    private final List<Bytes> want = new ArrayList<>();
    private final List<String> graft = new ArrayList<>();
    private final List<Control.Prune> prune = new ArrayList<>();
    private final List<Bytes> dontWant = new ArrayList<>();
    private int haveIds;

    RpcReader(RpcLimits limits) {
        this.limits = limits;
    }

    Rpc read(Bytes encoded) {
        if (encoded.length() > limits.rpcBytes()) {
            throw new MalformedMessageException(
                    "an RPC of %d bytes, at most %d are taken"
                            .formatted(encoded.length(), limits.rpcBytes()));
        }
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> {
                    room(subscriptions.size(), limits.subscriptions(), "subscriptions");
                    subscriptions.add(subscription(reader.bytes(limits.topicBytes() + 16)));
                }
                case 2 -> {
                    room(messages.size(), limits.messages(), "messages");
                    messages.add(Message.decode(reader.bytes(limits.messageBytes()), limits));
                }
                case 3 -> control(reader.bytes(limits.rpcBytes()));
                default -> {
                    // extensions of later versions
                }
            }
        }
        return new Rpc(subscriptions, messages, new Control(have, want, graft, prune, dontWant));
    }

    private static void room(int count, int most, String what) {
        if (count >= most) {
            throw new MalformedMessageException("an RPC with more than " + most + " " + what);
        }
    }

    private Subscription subscription(Bytes encoded) {
        boolean subscribe = false;
        String topic = "";
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> subscribe = reader.bool();
                case 2 -> topic = topic(reader);
                default -> {
                    // unknown fields are ignored
                }
            }
        }
        return new Subscription(subscribe, topic);
    }

    private String topic(ProtoReader reader) {
        return reader.text(limits.topicBytes());
    }

    private void control(Bytes encoded) {
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> {
                    room(have.size(), limits.meshChanges(), "IHAVE entries");
                    have.add(have(reader.bytes(limits.rpcBytes())));
                }
                case 2 -> wanted(reader.bytes(limits.rpcBytes()));
                case 3 -> {
                    room(graft.size(), limits.meshChanges(), "GRAFT entries");
                    graft.add(topicOf(reader.bytes(limits.topicBytes() + 16)));
                }
                case 4 -> {
                    room(prune.size(), limits.meshChanges(), "PRUNE entries");
                    prune.add(prune(reader.bytes(limits.rpcBytes())));
                }
                case 5 -> notWanted(reader.bytes(limits.rpcBytes()));
                default -> {
                    // extensions of later versions
                }
            }
        }
    }

    private Control.Have have(Bytes encoded) {
        String topic = "";
        List<Bytes> ids = new ArrayList<>();
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> topic = topic(reader);
                case 2 -> {
                    room(haveIds++, limits.haveIds(), "ids in IHAVE");
                    ids.add(reader.bytes(limits.idBytes()));
                }
                default -> {
                    // unknown fields are ignored
                }
            }
        }
        return new Control.Have(topic, ids);
    }

    private void wanted(Bytes encoded) {
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            if (reader.field() == 1) {
                room(want.size(), limits.wantIds(), "ids in IWANT");
                want.add(reader.bytes(limits.idBytes()));
            }
        }
    }

    private void notWanted(Bytes encoded) {
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            if (reader.field() == 1 && dontWant.size() < limits.dontWantIds()) {
                dontWant.add(reader.bytes(limits.idBytes()));
            }
        }
    }

    private String topicOf(Bytes encoded) {
        var reader = new ProtoReader(encoded);
        String topic = "";
        while (reader.next()) {
            if (reader.field() == 1) {
                topic = topic(reader);
            }
        }
        return topic;
    }

    private Control.Prune prune(Bytes encoded) {
        String topic = "";
        List<Control.Candidate> exchange = new ArrayList<>();
        int backoff = 0;
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> topic = topic(reader);
                case 2 -> {
                    if (exchange.size() < limits.candidates()) {
                        exchange.add(candidate(reader.bytes(limits.candidateBytes() + 256)));
                    }
                }
                case 3 -> backoff = reader.saturatedInt();
                default -> {
                    // unknown fields are ignored
                }
            }
        }
        return new Control.Prune(topic, exchange, Duration.ofSeconds(backoff));
    }

    private Control.Candidate candidate(Bytes encoded) {
        Bytes peer = Bytes.empty();
        Bytes record = Bytes.empty();
        var reader = new ProtoReader(encoded);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> peer = reader.bytes(limits.idBytes());
                case 2 -> record = reader.bytes(limits.candidateBytes());
                default -> {
                    // unknown fields are ignored
                }
            }
        }
        return new Control.Candidate(peer, record);
    }
}

package io.ggen.interop;

import io.ggen.base.Bytes;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadOptions;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.KadResult;
import io.ggen.libp2p.kad.NodeOptions;
import io.ggen.libp2p.kad.Validator;
import io.ggen.libp2p.kad.Validators;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kademlia under one protocol id, for any values under {@code /ggen/}: put, get and the rest. */
final class KadCommands {
    private static final int ALL = 20;

    private final Kad kad;

    private KadCommands(Kad kad) {
        this.kad = kad;
    }

    /** Lets {@code host} speak {@code protocol}; returns its commands by name. */
    static Map<String, Command> attach(
            Host host, Identify identify, String protocol, NodeOptions.Mode mode) {
        var validator = new Validators(Map.of("ggen", new Greatest()));
        var kad = Kad.attach(host, identify, KadOptions.of(protocol, validator).in(mode));
        var commands = new KadCommands(kad);
        return Map.of(
                "put", commands::put,
                "get", commands::get,
                "provide", commands::provide,
                "providers", commands::providers,
                "find", commands::find);
    }

    /** Takes any value; the bytewise greatest is the best. */
    private static final class Greatest implements Validator {
        @Override
        public boolean isValid(KadRecord record) {
            return true;
        }

        @Override
        public int compare(KadRecord a, KadRecord b) {
            return a.value().compareTo(b.value());
        }
    }

    private Map<String, Object> put(List<String> words) {
        Command.Entry entry = Command.Entry.of(words);
        return stored(kad.put(Bytes.utf8(entry.name()), entry.value()));
    }

    private Map<String, Object> provide(List<String> words) {
        return stored(kad.provide(Bytes.fromHex(Command.only(words))));
    }

    private static Map<String, Object> stored(KadResult.Stored result) {
        if (result.holders() == 0) {
            throw new IllegalStateException("no other peer stores it");
        }
        return Map.of("holders", result.holders());
    }

    private Map<String, Object> get(List<String> words) {
        KadResult.Value result = kad.get(Bytes.utf8(Command.only(words)), ALL);
        byte[] value =
                result.best()
                        .orElseThrow(() -> new IllegalStateException("no value found"))
                        .value()
                        .toArray();
        return Map.of(
                "valueBase64", Base64.getEncoder().encodeToString(value), "from", result.answers());
    }

    private Map<String, Object> providers(List<String> words) {
        KadResult.Peers result = kad.providers(Bytes.fromHex(Command.only(words)), ALL);
        return Map.of("providers", result.peers().stream().map(KadCommands::describe).toList());
    }

    private Map<String, Object> find(List<String> words) {
        PeerId peer = PeerId.parse(Command.only(words));
        KadPeer found =
                kad.findPeer(peer)
                        .orElseThrow(() -> new IllegalStateException("not found: " + peer));
        return Map.of("addrs", found.addresses());
    }

    private static Map<String, Object> describe(KadPeer peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", peer.id().toString());
        fields.put("addrs", peer.addresses());
        return fields;
    }
}

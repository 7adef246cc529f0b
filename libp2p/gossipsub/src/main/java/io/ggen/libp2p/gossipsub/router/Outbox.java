package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.RpcPacker;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.key.PeerId;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the effects of one input, and joins what is to be said to each peer. */
final class Outbox {
    private final Map<PeerId, Draft> drafts = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();

    /** What is to be said to one peer. */
    static final class Draft {
        final List<Subscription> subscriptions = new ArrayList<>();
        final List<Message> messages = new ArrayList<>();
        final List<Control.Have> have = new ArrayList<>();
        final List<Bytes> want = new ArrayList<>();
        final List<String> graft = new ArrayList<>();
        final List<Control.Prune> prune = new ArrayList<>();
        final List<Bytes> dontWant = new ArrayList<>();

        private Rpc rpc() {
            return new Rpc(
                    subscriptions, messages, new Control(have, want, graft, prune, dontWant));
        }
    }

    Draft to(PeerId peer) {
        return drafts.computeIfAbsent(peer, p -> new Draft());
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void forget(PeerId peer) {
        drafts.remove(peer);
    }

    List<Effect> drain() {
        List<Effect> all = new ArrayList<>();
        drafts.forEach((peer, draft) ->
                RpcPacker.pack(draft.rpc()).forEach(rpc -> all.add(new Effect.Send(peer, rpc))));
        all.addAll(effects);
        drafts.clear();
        effects.clear();
        return all;
    }
}

package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what is to be said to one peer into RPCs that every implementation takes: at most 56 KiB in
 * all, 16 KiB of subscriptions and control, 450 ids offered, 10 ids not wanted, 100 subscriptions,
 * 500 messages. Entries keep their order; what is already there is sent before what follows. Used
 * once, not thread-safe.
 */
public final class RpcPacker {
    /** The most bytes of an RPC, without its length. */
    public static final int MAX_RPC = 56 << 10;

    static final int MAX_CONTROL = 15 << 10;
    static final int MAX_HAVE = 450;
    static final int MAX_DONT_WANT = 10;
    static final int MAX_SUBSCRIPTIONS = 100;
    static final int MAX_MESSAGES = 500;
    private static final int MAX_MESH_CHANGES = 50;
    private static final int OVERHEAD = 12;

    private final List<Rpc> done = new ArrayList<>();
    private Open open = new Open();

    private RpcPacker() {}

    /** Returns the RPCs that together say what {@code rpc} says; none when it says nothing. */
    public static List<Rpc> pack(Rpc rpc) {
        var packer = new RpcPacker();
        rpc.subscriptions().forEach(packer::subscription);
        Control control = rpc.control();
        control.graft().forEach(packer::graft);
        control.prune().forEach(packer::prune);
        control.dontWant().forEach(packer::dontWant);
        control.want().forEach(packer::want);
        control.have().forEach(packer::have);
        rpc.messages().forEach(packer::message);
        packer.finish();
        return List.copyOf(packer.done);
    }

    private void finish() {
        Rpc rpc = open.rpc();
        if (!rpc.isEmpty()) {
            done.add(rpc);
            open = new Open();
        }
    }

    private Open room(boolean full, int bytes, boolean control) {
        boolean tooLong =
                open.bytes + bytes > MAX_RPC
                        || (control && open.controlBytes + bytes > MAX_CONTROL);
        if (full || tooLong) {
            finish();
        }
        open.bytes += bytes;
        open.controlBytes += control ? bytes : 0;
        return open;
    }

    private static int size(String text) {
        return Bytes.utf8(text).length() + OVERHEAD;
    }

    private static int size(Bytes bytes) {
        return bytes.length() + OVERHEAD / 2;
    }

    private void subscription(Subscription entry) {
        boolean full = open.subscriptions.size() >= MAX_SUBSCRIPTIONS;
        room(full, size(entry.topic()), true).subscriptions.add(entry);
    }

    private void graft(String topic) {
        room(open.graft.size() >= MAX_MESH_CHANGES, size(topic), true).graft.add(topic);
    }

    private void prune(Control.Prune prune) {
        int bytes = size(prune.topic()) + OVERHEAD;
        for (Control.Candidate candidate : prune.exchange()) {
            bytes += size(candidate.peer()) + size(candidate.record());
        }
        room(open.prune.size() >= MAX_MESH_CHANGES, bytes, true).prune.add(prune);
    }

    private void dontWant(Bytes id) {
        room(open.dontWant.size() >= MAX_DONT_WANT, size(id), true).dontWant.add(id);
    }

    private void want(Bytes id) {
        room(open.want.size() >= MAX_HAVE, size(id), true).want.add(id);
    }

    private void have(Control.Have have) {
        List<Bytes> ids = new ArrayList<>();
        for (Bytes id : have.ids()) {
            if (!open.takes(have.topic(), ids, id)) {
                offer(have.topic(), ids);
                finish();
                ids = new ArrayList<>();
            }
            ids.add(id);
        }
        if (!ids.isEmpty()) {
            offer(have.topic(), ids);
        }
    }

    private void offer(String topic, List<Bytes> ids) {
        if (ids.isEmpty()) {
            return;
        }
        int bytes = size(topic);
        for (Bytes id : ids) {
            bytes += size(id);
        }
        open.bytes += bytes;
        open.controlBytes += bytes;
        open.haveIds += ids.size();
        open.have.add(new Control.Have(topic, ids));
    }

    private void message(Message message) {
        int bytes = message.encode().length() + OVERHEAD;
        room(open.messages.size() >= MAX_MESSAGES, bytes, false).messages.add(message);
    }

    /** The RPC that is being filled. */
    private static final class Open {
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final List<Message> messages = new ArrayList<>();
        private final List<Control.Have> have = new ArrayList<>();
        private final List<Bytes> want = new ArrayList<>();
        private final List<String> graft = new ArrayList<>();
        private final List<Control.Prune> prune = new ArrayList<>();
        private final List<Bytes> dontWant = new ArrayList<>();
        private int bytes = OVERHEAD;
        private int controlBytes = OVERHEAD;
        private int haveIds;

        boolean takes(String topic, List<Bytes> ids, Bytes next) {
            int more = size(topic) + (ids.size() + 1) * size(next);
            return haveIds + ids.size() < MAX_HAVE && controlBytes + more <= MAX_CONTROL;
        }

        Rpc rpc() {
            return new Rpc(
                    subscriptions, messages, new Control(have, want, graft, prune, dontWant));
        }
    }
}

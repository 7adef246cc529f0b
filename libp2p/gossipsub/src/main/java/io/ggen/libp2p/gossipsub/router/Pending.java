package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.key.PeerId;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A message under validation. Copies that differ from it in their bytes, though not in their id,
 * wait: if the signature of this one is wrong, one of theirs may be right.
 */
final class Pending {
    private static final int MAX_OTHERS = 8;

    final Bytes id;
    final Message message;
    final PeerId first;
    final Set<PeerId> senders = new LinkedHashSet<>();
    private final Deque<Copy> others;

    private record Copy(PeerId from, Message message) {}

    Pending(Bytes id, Message message, PeerId from) {
        this(id, new Copy(from, message), new ArrayDeque<>());
    }

    private Pending(Bytes id, Copy copy, Deque<Copy> others) {
        this.id = id;
        this.message = copy.message;
        this.first = copy.from;
        this.others = others;
        senders.add(copy.from);
    }

    void again(PeerId from, Message copy) {
        if (copy.equals(message)) {
            senders.add(from);
        } else if (others.size() < MAX_OTHERS
                && others.stream().noneMatch(other -> other.from.equals(from))) {
            others.add(new Copy(from, copy));
        }
    }

    /** Returns the next copy to be validated after this one proved forged. */
    Optional<Pending> next() {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pending(id, others.removeFirst(), others));
    }
}

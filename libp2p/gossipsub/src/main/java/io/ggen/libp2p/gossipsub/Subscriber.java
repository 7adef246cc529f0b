package io.ggen.libp2p.gossipsub;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.libp2p.key.PeerId;

/** Wants the messages of a topic. Called on virtual threads; may block. */
@FunctionalInterface
public interface Subscriber {
    /**
     * Takes a message that was found valid. One at a time for each host, each message once.
     *
     * @param author who signed it
     */
    void deliver(PeerId author, Bytes data);

    /**
     * Judges a message before it is delivered here or sent on to anybody; several at a time. Its
     * signature was checked. {@link Verdict#REJECT} punishes all who send it, so it must depend on
     * nothing but the message; IGNORE punishes nobody. Everything is accepted unless this is
     * overridden. An exception ignores the message.
     *
     * @param from who brought it first
     * @param author who signed it
     */
    default Verdict validate(PeerId from, PeerId author, Bytes data) {
        return Verdict.ACCEPT;
    }
}

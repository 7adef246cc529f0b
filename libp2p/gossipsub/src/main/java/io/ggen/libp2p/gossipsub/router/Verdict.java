package io.ggen.libp2p.gossipsub.router;

/**
 * What became of the validation of a message.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#extended-validators">
 *     extended validators</a>
 */
public enum Verdict {
    /** It is valid: delivered and sent on. */
    ACCEPT,
    /** It is not wanted, but nobody is to blame: neither delivered nor sent on. */
    IGNORE,
    /** Its content is invalid, whoever sends it: everybody who does is punished. */
    REJECT,
    /**
     * Its signature is wrong. Who sent it is punished, but the message id stays unknown: another
     * copy of the same content may be genuine.
     */
    FORGED
}

package io.ggen.libp2p.kad;

/**
 * What the values of one namespace have to be, and which of two is the better one. Pure and
 * thread-safe.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#entry-validation">entry
 *     validation</a>
 */
public interface Validator {
    /** Returns whether {@code record} may be stored and returned: value and key belong together. */
    boolean isValid(KadRecord record);

    /**
     * Compares two valid records of one key: positive when {@code a} is the better one, zero only
     * when their values are equal. A total order, or holders would never agree.
     */
    int compare(KadRecord a, KadRecord b);
}

package io.ggen.libp2p.gossipsub.rpc;

/**
 * What one RPC that comes in may hold. Beyond {@code candidates} and {@code dontWant} the rest is
 * passed over, as other implementations send more than they read; beyond anything else the whole
 * RPC is refused. Counts hold while the bytes are walked over, so nothing beyond them is built.
 *
 * @param rpcBytes bytes of the frame; 1 MiB, as go-libp2p has it
 * @param subscriptions topics joined or left; 100
 * @param messages messages; 500
 * @param messageBytes bytes of one message with its signature; 55 KiB, so that whatever is taken
 *     can be sent on
 * @param topicBytes bytes of a topic's name; 256
 * @param idBytes bytes of a message id; 128
 * @param haveIds ids in all IHAVE entries; 5,000
 * @param wantIds ids in all IWANT entries; 5,000
 * @param meshChanges GRAFT entries, and as many PRUNE and IHAVE entries; 100
 * @param candidates peers read from each PRUNE; 16
 * @param candidateBytes bytes of a candidate's signed record; 4 KiB
 * @param dontWantIds ids read from all IDONTWANT entries; 512
 */
public record RpcLimits(
        int rpcBytes,
        int subscriptions,
        int messages,
        int messageBytes,
        int topicBytes,
        int idBytes,
        int haveIds,
        int wantIds,
        int meshChanges,
        int candidates,
        int candidateBytes,
        int dontWantIds) {
    /** Returns the limits named above. */
    public static RpcLimits standard() {
        return new RpcLimits(
                1 << 20, 100, 500, 55 << 10, 256, 128, 5_000, 5_000, 100, 16, 4 << 10, 512);
    }
}

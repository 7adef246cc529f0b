package io.ggen.libp2p.kad;

/**
 * How a {@link KadNode} behaves.
 *
 * @param routing constants of the routing table
 * @param query constants of its queries
 * @param validator tells which values are valid and which is the better of two
 * @param mode whether it serves others
 */
public record NodeOptions(
        RoutingOptions routing, QueryOptions query, Validator validator, Mode mode) {
    /** Whether a node answers others. */
    public enum Mode {
        /**
         * As a server after a connection came in from a public address, or while every known peer
         * is on this machine or in a private network; as a client otherwise.
         */
        AUTO,
        /** Always. */
        SERVER,
        /** Never: it asks, and stands in nobody's table. */
        CLIENT
    }

    /** Returns the standard constants, in automatic mode. */
    public static NodeOptions standard(Validator validator) {
        return new NodeOptions(
                RoutingOptions.standard(), QueryOptions.standard(), validator, Mode.AUTO);
    }

    /** Returns these options in another mode. */
    public NodeOptions in(Mode other) {
        return new NodeOptions(routing, query, validator, other);
    }
}

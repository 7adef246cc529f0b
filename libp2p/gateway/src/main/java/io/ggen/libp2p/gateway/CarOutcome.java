package io.ggen.libp2p.gateway;

/** How the download of a CAR from one peer ended. */
public sealed interface CarOutcome {
    /** Every block that was missing has come. */
    record Complete(long blocks, long bytes) implements CarOutcome {}

    /** The CAR ended, or the peer went away, before every block was there; what came is good. */
    record Truncated(long blocks, long bytes, String detail) implements CarOutcome {}

    /** The peer does not have the root, or does not serve it now. */
    record NotServed(int status, String detail) implements CarOutcome {}

    /** The peer cannot be reached, or does not speak the protocol. */
    record Unreachable(String detail) implements CarOutcome {}

    /** The peer sent a wrong block, one that was not asked for, or what is no CAR. */
    record Misbehaved(long blocks, long bytes, String detail) implements CarOutcome {}
}

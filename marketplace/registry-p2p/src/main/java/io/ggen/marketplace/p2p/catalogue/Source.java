package io.ggen.marketplace.p2p.catalogue;

/** How a record came here; it decides what bounds it, never whether it is believed. */
public sealed interface Source {
    /** Published or installed here: always has room, and is on the disk when it is admitted. */
    record Own() implements Source {}

    /** Heard in gossip: each introducer may bring so many an hour. */
    record Gossip(Introducer from) implements Source {}

    /** Fetched or received in an exchange: bounded by the totals alone. */
    record Exchange(Introducer from) implements Source {}
}

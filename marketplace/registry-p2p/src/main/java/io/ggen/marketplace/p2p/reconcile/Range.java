package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;

import java.util.List;

/** What one side says of its items from the end of the range before to {@code upper}. */
sealed interface Range {
    /** Returns where the range ends. */
    Bound upper();

    /** Nothing: this range is settled. */
    record Skip(Bound upper) implements Range {}

    /** The fingerprint of the items. */
    record Print(Bound upper, Bytes fingerprint) implements Range {}

    /** The ids of all items. */
    record Ids(Bound upper, List<Bytes> ids) implements Range {}
}

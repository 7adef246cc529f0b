/**
 * Finds out, in a few short messages, which records two peers do not have in common: negentropy,
 * version 1. Pure: no clock, thread or stream. The side that begins holds a {@link
 * io.ggen.marketplace.p2p.reconcile.Reconciliation}, the other side answers each message by {@link
 * io.ggen.marketplace.p2p.reconcile.View#answer}.
 *
 * @see <a
 *     href="https://github.com/hoytech/negentropy/blob/master/docs/negentropy-protocol-v1.md">negentropy
 *     protocol, version 1</a>
 */
@NullMarked
package io.ggen.marketplace.p2p.reconcile;

import org.jspecify.annotations.NullMarked;

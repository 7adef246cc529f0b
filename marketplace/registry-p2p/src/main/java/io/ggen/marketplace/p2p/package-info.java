/**
 * The network as a registry: releases travel by gossip and reconciliation, content in blocks from
 * whoever holds it, and all of it is verified here.
 */
@NullMarked
package io.ggen.marketplace.p2p;

import org.jspecify.annotations.NullMarked;

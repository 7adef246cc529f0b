/**
 * {@code /ggen/catalog/1.0.0}: two nodes bring their catalogues to the same state. Frames are
 * varint-delimited and at most 1 MiB long: {@code message M { oneof m { bytes reconcile = 1; Fetch
 * fetch = 2; Records records = 3; string error = 4; } }}, {@code message Fetch { repeated bytes ids
 * = 1; }}, {@code message Records { repeated bytes envelopes = 1; }}. The side that dialled
 * reconciles, fetches what it lacks and then sends what the other lacks; each Fetch of at most 80
 * ids gets exactly one Records, in the order asked, missing ones left out.
 *
 * <p>{@link io.ggen.marketplace.p2p.exchange.Dialler} and {@link
 * io.ggen.marketplace.p2p.exchange.Responder} decide, without clock, thread or stream; {@link
 * io.ggen.marketplace.p2p.exchange.CatalogueExchange} lets them talk over a host.
 */
@NullMarked
package io.ggen.marketplace.p2p.exchange;

import org.jspecify.annotations.NullMarked;

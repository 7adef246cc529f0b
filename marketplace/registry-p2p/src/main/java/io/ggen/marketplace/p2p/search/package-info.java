/**
 * {@code /ggen/search/1.0.0}: asks another node for packages, by an id or by words; one question a
 * stream. {@code message Query { string text = 1; repeated string categories = 2; repeated string
 * tags = 3; string publisher = 4; uint32 limit = 5; string id = 6; }} is answered by {@code message
 * Result { repeated bytes envelopes = 1; bool complete = 2; }}, both varint-delimited, the second
 * at most 1 MiB long: it is cut from the end, and a yank follows its release. {@link
 * io.ggen.marketplace.p2p.search.SearchService} answers, {@link
 * io.ggen.marketplace.p2p.search.RemoteSearch} asks and verifies.
 */
@NullMarked
package io.ggen.marketplace.p2p.search;

import org.jspecify.annotations.NullMarked;

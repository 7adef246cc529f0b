/**
 * What peers' past transfers say of them, and who is refused for a while. Reputation orders and
 * filters sources; it never replaces verification.
 */
@NullMarked
package io.ggen.marketplace.p2p.reputation;

import org.jspecify.annotations.NullMarked;

/**
 * The facade that the command line and other front ends use: a {@link
 * io.ggen.marketplace.core.session.Session} knows one home and opens what an operation needs when
 * it needs it.
 */
@NullMarked
package io.ggen.marketplace.core.session;

import org.jspecify.annotations.NullMarked;

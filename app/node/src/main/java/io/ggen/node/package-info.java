/**
 * The node of a home as a program: the daemon with its API on loopback, the client of that API as
 * another {@link io.ggen.marketplace.core.network.Network}, and the choice between the two.
 *
 * <p>The API is HTTP/1.1 below {@code /api/v1/}, with bodies as the command line's JSON ({@code
 * docs/api.yaml} describes it), plus {@code /health} and {@code /metrics}. Every request passes the
 * gate ({@link io.ggen.node.ApiGate}) before anything of it is read: the exact Host, no Origin, and
 * the bearer token in the header alone. Whoever can read {@code p2p/api} of the home is its owner.
 */
@NullMarked
package io.ggen.node;

import org.jspecify.annotations.NullMarked;

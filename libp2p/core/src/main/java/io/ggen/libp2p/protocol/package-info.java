/**
 * The small protocols that every peer speaks: identify, ping and perf.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/identify/README.md">identify</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/ping/ping.md">ping</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/perf/perf.md">perf</a>
 */
@NullMarked
package io.ggen.libp2p.protocol;

import org.jspecify.annotations.NullMarked;

/**
 * The libp2p host of this project behind the command line that every peer of the interop tests and
 * benchmarks shares, and what those tests say over it.
 */
@NullMarked
package io.ggen.interop;

import org.jspecify.annotations.NullMarked;

/**
 * Nodes with a catalogue: production's catalogue, judge and both machines of the exchange in each
 * of them, behind a shell in virtual time.
 */
@NullMarked
package io.ggen.simulator.catalog;

import org.jspecify.annotations.NullMarked;

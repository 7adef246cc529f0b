/**
 * Thousands of nodes in virtual time: the machines that decide in production, on a network that is
 * made from a seed, so that every run can be replayed.
 */
@NullMarked
package io.ggen.simulator;

import org.jspecify.annotations.NullMarked;

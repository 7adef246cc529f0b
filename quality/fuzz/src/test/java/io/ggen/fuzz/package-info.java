/**
 * Fuzz tests: every parser takes any bytes and either gives a sound value or refuses with its
 * documented exception. In an ordinary build each runs its small corpus; {@code quality/fuzz/fuzz}
 * searches for longer.
 */
@NullMarked
package io.ggen.fuzz;

import org.jspecify.annotations.NullMarked;

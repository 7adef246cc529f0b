/**
 * Benchmarks inside one process, and the rows of figures they print. Whole commands are measured
 * from outside by {@code quality/bench/run}.
 */
@NullMarked
package io.ggen.bench;

import org.jspecify.annotations.NullMarked;

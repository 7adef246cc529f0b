/** What a run has measured, as numbers, as JSON and as plots. */
@NullMarked
package io.ggen.simulator.report;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: reads words, asks {@code marketplace/core} to work, and shows what came of it.
 * {@link io.ggen.cli.Main} is the way in; every command is a {@link io.ggen.cli.Command}.
 */
@NullMarked
package io.ggen.cli;

import org.jspecify.annotations.NullMarked;

/** The project manifest {@code ggen.toml}: read with positions, edited with its comments kept. */
@NullMarked
package io.ggen.marketplace.core.install.project;

import org.jspecify.annotations.NullMarked;

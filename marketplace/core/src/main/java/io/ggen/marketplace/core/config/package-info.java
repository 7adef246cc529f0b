/**
 * Configuration: what {@code config.toml}, the environment and a project say, each value checked
 * where it is read. {@link io.ggen.marketplace.core.config.Settings} is the way in.
 */
@NullMarked
package io.ggen.marketplace.core.config;

import org.jspecify.annotations.NullMarked;

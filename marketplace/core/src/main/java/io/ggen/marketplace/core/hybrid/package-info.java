/** Two registries as one: the directory on this machine, and the network. */
@NullMarked
package io.ggen.marketplace.core.hybrid;

import org.jspecify.annotations.NullMarked;

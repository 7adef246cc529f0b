/** SQLite for what a node remembers; the driver is an optional dependency of this module. */
@NullMarked
package io.ggen.libp2p.sqlite;

import org.jspecify.annotations.NullMarked;

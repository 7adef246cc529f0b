/** What a node remembers in SQLite: {@code node.db} of the home, or memory alone. */
@NullMarked
package io.ggen.marketplace.p2p.database;

import org.jspecify.annotations.NullMarked;

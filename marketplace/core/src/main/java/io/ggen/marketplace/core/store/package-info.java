/**
 * The content-addressed store of a home: blocks in append-only segment files, found through SQLite.
 * A block is verified whenever it is read, so wrong bytes are never handed on.
 */
@NullMarked
package io.ggen.marketplace.core.store;

import org.jspecify.annotations.NullMarked;

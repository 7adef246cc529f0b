/**
 * Which versions fit together: conflict-driven resolution after PubGrub, without I/O of its own.
 *
 * <p>{@link io.ggen.marketplace.core.resolve.Resolver} is the door; what it reads comes through
 * {@link io.ggen.marketplace.core.resolve.PackageCatalog}. Inside, each package is a {@code Node}
 * whose possible values are "absent" and its candidates, one bit each. Every fact, given or
 * learned, is an {@code Incompatibility}: sets of values that cannot hold together.
 *
 * @see <a href="https://github.com/dart-lang/pub/blob/master/doc/solver.md">PubGrub</a>
 */
@NullMarked
package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.NullMarked;

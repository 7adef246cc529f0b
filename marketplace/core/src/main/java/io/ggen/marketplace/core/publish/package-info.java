/**
 * From a folder to a signed release in a registry: which files belong, what must not leave the
 * house, the content's identity, the record, and sending it. Everything wrong with a package is
 * found before anything is signed.
 *
 * <p>A publish runs once in a fresh process: outcomes are told apart by {@code instanceof} on its
 * path, since a switch over types is linked at run time, which costs milliseconds each and no cache
 * of the JVM keeps.
 */
@NullMarked
package io.ggen.marketplace.core.publish;

import org.jspecify.annotations.NullMarked;

/** Tools for tests: a manual clock, a file system that fails on demand, seeded generators. */
@NullMarked
package io.ggen.testkit;

import org.jspecify.annotations.NullMarked;

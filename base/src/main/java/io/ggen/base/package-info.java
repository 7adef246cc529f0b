/**
 * Values and small tools that every module stands on: immutable bytes, digests, sizes, keys,
 * durable files.
 */
@NullMarked
package io.ggen.base;

import org.jspecify.annotations.NullMarked;

/** Tests of the distribution: what a user starts is what is tested. */
@NullMarked
package io.ggen.dist;

import org.jspecify.annotations.NullMarked;

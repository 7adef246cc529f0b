/** Tests of the project package. */
@NullMarked
package io.ggen.marketplace.core.install.project;

import org.jspecify.annotations.NullMarked;

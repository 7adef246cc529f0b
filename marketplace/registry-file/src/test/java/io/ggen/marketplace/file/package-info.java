/** Tests of the file registry. */
@NullMarked
package io.ggen.marketplace.file;

import org.jspecify.annotations.NullMarked;

/** Whole operations under failing disks, killed processes and many processes at once. */
@NullMarked
package io.ggen.reliability;

import org.jspecify.annotations.NullMarked;

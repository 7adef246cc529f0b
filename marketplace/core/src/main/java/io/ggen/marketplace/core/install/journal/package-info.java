/** What a change did, written down so that it can be finished, rolled back or undone. */
@NullMarked
package io.ggen.marketplace.core.install.journal;

import org.jspecify.annotations.NullMarked;

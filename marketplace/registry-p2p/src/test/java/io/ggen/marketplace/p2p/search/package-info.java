@NullMarked
package io.ggen.marketplace.p2p.search;

import org.jspecify.annotations.NullMarked;

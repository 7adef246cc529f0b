@NullMarked
package io.ggen.marketplace.p2p.reputation;

import org.jspecify.annotations.NullMarked;

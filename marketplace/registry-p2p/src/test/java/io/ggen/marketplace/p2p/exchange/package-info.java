@NullMarked
package io.ggen.marketplace.p2p.exchange;

import org.jspecify.annotations.NullMarked;

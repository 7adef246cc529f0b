/**
 * The peer store on disk. It is the only part of libp2p/core that needs SQLite, which is an
 * optional dependency: whoever does not use this package can leave its jar out.
 */
@NullMarked
package io.ggen.libp2p.peerstore;

import org.jspecify.annotations.NullMarked;

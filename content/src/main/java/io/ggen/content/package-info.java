/**
 * Content as IPFS knows it: file trees, blocks, UnixFS, whole DAGs in a CAR; and as archives:
 * canonical tar, strict reading.
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-pb/spec/">DAG-PB</a>
 * @see <a href="https://ipld.io/specs/transport/car/carv1/">CARv1</a>
 */
@NullMarked
package io.ggen.content;

import org.jspecify.annotations.NullMarked;

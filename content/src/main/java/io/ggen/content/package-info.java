/**
 * Package content as IPFS knows it: file trees, blocks, UnixFS; and as archives: canonical tar,
 * strict reading.
 */
@NullMarked
package io.ggen.content;

import org.jspecify.annotations.NullMarked;

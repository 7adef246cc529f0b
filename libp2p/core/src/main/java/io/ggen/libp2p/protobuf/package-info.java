/**
 * The protobuf wire format, read under limits that hold before anything is allocated, and written
 * field by field.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">protobuf encoding</a>
 */
@NullMarked
package io.ggen.libp2p.protobuf;

import org.jspecify.annotations.NullMarked;

/**
 * Who is trusted with which names: trusted publishers, namespaces, pins and deny-lists of one home.
 */
@NullMarked
package io.ggen.marketplace.core.trust;

import org.jspecify.annotations.NullMarked;

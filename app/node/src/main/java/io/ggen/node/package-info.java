/** The daemon: one node of the network for a home, and the API through which commands use it. */
@NullMarked
package io.ggen.node;

import org.jspecify.annotations.NullMarked;

/** The daemon, its API and its client, over a network in memory; whoever attacks them is a test. */
@NullMarked
package io.ggen.node;

import org.jspecify.annotations.NullMarked;

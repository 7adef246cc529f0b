/**
 * What the marketplace speaks of: names, versions, manifests and signed records. Values are
 * immutable and valid by construction; nothing here touches a network, a registry or a clock.
 */
@NullMarked
package io.ggen.marketplace.model;

import org.jspecify.annotations.NullMarked;

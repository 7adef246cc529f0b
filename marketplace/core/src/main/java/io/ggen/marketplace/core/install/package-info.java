/**
 * Installing as one transaction: plan, fetch, verify, store, stage, switch by rename, lockfile
 * last. {@link io.ggen.marketplace.core.install.Installer} is the door.
 */
@NullMarked
package io.ggen.marketplace.core.install;

import org.jspecify.annotations.NullMarked;

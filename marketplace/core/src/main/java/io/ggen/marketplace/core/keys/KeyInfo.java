package io.ggen.marketplace.core.keys;

import io.ggen.marketplace.model.Did;

import java.time.Instant;
import java.util.Optional;

/**
 * What can be said of a key without opening it.
 *
 * @param did whose signatures it makes; absent where an encrypted file does not say
 * @param created when it was made here, or its file last changed
 * @param encrypted whether it needs a passphrase
 */
public record KeyInfo(String name, Optional<Did> did, Instant created, boolean encrypted) {}

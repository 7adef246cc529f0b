package io.ggen.marketplace.core.store;

import io.ggen.content.ContentDigest;

/**
 * A package's content that is complete in the store.
 *
 * @param digest its identity
 * @param places where its blocks lie
 */
public record StoredContent(ContentDigest digest, Places places) {}

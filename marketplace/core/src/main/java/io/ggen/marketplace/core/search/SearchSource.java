package io.ggen.marketplace.core.search;

import java.util.Iterator;
import java.util.Optional;

/**
 * What an index is derived from: a registry's packages at this moment. Every method may throw what
 * the registry throws.
 */
public interface SearchSource {
    /**
     * Returns an opaque text that is another one whenever the documents are others. Asked before
     * the documents; it should be cheap, every search asks it.
     */
    String stamp();

    /**
     * Returns what changed from {@code stamp} to now, or empty when that is not known or not worth
     * it: then {@link #documents()} is asked.
     */
    Optional<SearchChanges> changesSince(String stamp);

    /** Returns every document, one for each publisher and id; read by one thread at a time. */
    Iterator<SearchDocument> documents();
}

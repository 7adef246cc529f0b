package io.ggen.marketplace.p2p.catalogue;

/**
 * How full a catalogue is.
 *
 * @param records releases and yanks
 * @param bytes of their envelopes
 * @param strangers records of publishers who are neither pinned nor trusted
 * @param packages names
 * @param publishers with at least one record
 * @param contradicted records in which a publisher contradicts itself
 */
public record CatalogueStatus(
        long records,
        long bytes,
        long strangers,
        long packages,
        long publishers,
        long contradicted) {}

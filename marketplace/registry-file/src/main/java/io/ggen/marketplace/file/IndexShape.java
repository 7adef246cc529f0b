package io.ggen.marketplace.file;

/**
 * The places in index.json that a splice must know.
 *
 * @param updatedAt offset of the value of {@code updated_at}; -1 when there is none
 * @param updatedAtWidth length of that value with its quotes and the blanks behind it that are ours
 * @param end offset behind the last member of {@code packages}, or behind its opening brace
 * @param members how many members {@code packages} has, whatever they are
 * @param blanked bytes of former members that are blanks now
 */
record IndexShape(long updatedAt, int updatedAtWidth, long end, long members, long blanked) {}

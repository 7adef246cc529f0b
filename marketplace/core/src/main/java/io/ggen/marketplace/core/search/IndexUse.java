package io.ggen.marketplace.core.search;

/** How long a process keeps an index. */
public enum IndexUse {
    /** One command: quick to open, nothing kept between two calls. */
    COMMAND,
    /** A program that stays: memory-mapped, writer kept open, word lists kept in memory. */
    SERVICE
}

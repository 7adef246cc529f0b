package io.ggen.marketplace.p2p.catalogue;

/** What a release is good for here; in the order in which releases make room for others. */
enum Use {
    /** Nobody is known to serve it. */
    NONE(0),
    /** Somebody serves it. */
    PROVIDED(1),
    /** It is installed here. */
    INSTALLED(2);

    private final int weight;

    Use(int weight) {
        this.weight = weight;
    }

    /** Returns the number that is kept. */
    int weight() {
        return weight;
    }
}

package io.ggen.marketplace.core.search;

/** Every document of a segment, deleted ones too. */
final class EveryCursor extends Cursor {
    private final int count;

    EveryCursor(int count) {
        this.count = count;
    }

    @Override
    int advance(int target) {
        document = target < count ? target : END;
        return document;
    }

    @Override
    float score() {
        return 0;
    }

    @Override
    float tier() {
        return Relevance.NO_TIER;
    }

    @Override
    long cost() {
        return count;
    }
}

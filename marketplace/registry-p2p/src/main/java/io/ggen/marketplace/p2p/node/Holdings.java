package io.ggen.marketplace.p2p.node;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.Servable;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.StoredContent;
import io.ggen.marketplace.model.Content;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What this node keeps and may serve: contents that were published from here, came over the
 * network, or are pinned or mirrored. Nothing else of the store is ever announced or handed out.
 * Thread-safe; blocks on the disk.
 */
final class Holdings {
    private final BlockStore store;
    private final InstantSource clock;
    private volatile Servable servable = Servable.nothing();

    Holdings(BlockStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        refresh();
    }

    BlockStore store() {
        return store;
    }

    /** Returns whether anybody may have a block. */
    boolean mayServe(Cid cid) {
        return servable.contains(cid);
    }

    /** Returns a content that is whole here. */
    Optional<StoredContent> whole(Sha256 sha256) {
        try {
            return Optional.ofNullable(store.contents(List.of(sha256)).get(sha256));
        } catch (IOException e) {
            throw StorageFailure.of("look into the store", e);
        }
    }

    /** Holds a content from now on; returns whether it was not held for that reason before. */
    boolean hold(Content content, Hold.Reason reason) {
        var hold = new Hold(content.cid(), content.sha256(), reason, clock.instant());
        try {
            boolean isNew = store.holds().add(hold);
            serve(content);
            return isNew;
        } catch (IOException e) {
            throw StorageFailure.of("keep " + content.cid(), e);
        }
    }

    /** Serves a held content, where it is whole, without looking at the others. */
    private synchronized void serve(Content content) {
        if (!servable.contains(content.cid())) {
            whole(content.sha256()).ifPresent(stored -> servable = servable.with(stored));
        }
    }

    /** Says that a block of a content was found damaged or missing: it is to be fetched again. */
    void damaged(Content content) {
        try {
            store.forget(content.sha256());
            refresh();
        } catch (IOException e) {
            throw StorageFailure.of("look after " + content.cid(), e);
        }
    }

    /** Ends a hold; returns whether there was one. */
    boolean release(Cid cid, Hold.Reason reason) {
        try {
            boolean released = store.holds().remove(cid, reason);
            refresh();
            return released;
        } catch (IOException e) {
            throw StorageFailure.of("release " + cid, e);
        }
    }

    /** Returns all holds, the oldest first. */
    List<Hold> all() {
        try {
            return store.holds().all();
        } catch (IOException e) {
            throw StorageFailure.of("list what is kept", e);
        }
    }

    long usedBytes() {
        try {
            return store.usedBytes();
        } catch (IOException e) {
            throw StorageFailure.of("measure the store", e);
        }
    }

    private synchronized void refresh() {
        try {
            servable = store.holds().servable();
        } catch (IOException e) {
            throw StorageFailure.of("list what is served", e);
        }
    }
}

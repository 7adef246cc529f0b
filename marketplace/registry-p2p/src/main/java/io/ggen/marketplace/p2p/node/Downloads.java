package io.ggen.marketplace.p2p.node;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.base.TokenBucket;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentException;
import io.ggen.content.UnixFsWalk;
import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.bitswap.FetchOutcome;
import io.ggen.libp2p.bitswap.FetchRequest;
import io.ggen.libp2p.bitswap.ProviderReport;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.store.ContentWriter;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.StoreWriter;
import io.ggen.marketplace.core.store.StoredContent;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Fetches contents from whoever holds them, several peers at once, each block verified as it comes;
 * what came survives a failure and a restart. Two who want the same content share one download.
 * Thread-safe; blocks on the network.
 */
final class Downloads {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Bitswap bitswap;
    private final Holdings holdings;
    private final Providers providers;
    private final Transfers transfers;
    private final Announcements announcements;
    private final Progress progress;
    private final InstantSource clock;
    private final Optional<Long> mostASecond;
    private final TokenBucket limit;
    private final ByteSize quota;
    private final HttpGateways gateways;
    private final ArchivePolicy policy;
    private final Map<Cid, ReentrantLock> underWay = new ConcurrentHashMap<>();

    Downloads(Parts parts, Providers providers, Transfers transfers, Announcements announcements) {
        this.bitswap = parts.bitswap();
        this.holdings = parts.holdings();
        this.providers = providers;
        this.transfers = transfers;
        this.announcements = announcements;
        this.progress = parts.context().progress();
        this.clock = parts.host().options().clock();
        this.mostASecond = parts.context().options().limits().download().map(ByteSize::bytes);
        this.limit = mostASecond.map(TokenBucket::of).orElseGet(TokenBucket::unlimited);
        this.gateways =
                new HttpGateways(parts.context().options().gateways().fallbacks(), progress);
        this.policy = Contents.policy(parts.context().options());
        this.quota = parts.context().options().limits().store();
    }

    /** Opens the canonical tar of a listed release, fetched where it is missing. */
    InputStream open(Listing listing) {
        SignedRecord.OfRelease signed = signed(listing);
        try {
            return tar(signed);
        } catch (ContentException e) {
            if (!isDamage(e)) {
                throw refused(signed.release(), String.valueOf(e.getMessage())).causedBy(e);
            }
            forget(signed, e); // what is damaged is fetched again, once
            return tar(signed);
        }
    }

    private static boolean isDamage(ContentException e) {
        return e.reason() == ContentException.Reason.MISSING_BLOCK
                || e.reason() == ContentException.Reason.CORRUPT_BLOCK;
    }

    private InputStream tar(SignedRecord.OfRelease signed) {
        Release release = signed.release();
        StoredContent content = bring(signed, Hold.Reason.INSTALLED);
        try {
            return Contents.tar(
                    release.content(),
                    holdings.store().blocks(content),
                    policy,
                    damage -> forget(signed, damage));
        } catch (IOException e) {
            throw StorageFailure.of("read " + release.id() + " from the store", e);
        }
    }

    private void forget(SignedRecord.OfRelease signed, ContentException damage) {
        if (!isDamage(damage)) {
            return;
        }
        progress.say(
                "a block of "
                        + signed.release().id()
                        + " is damaged in the store and is fetched again: "
                        + damage.getMessage());
        holdings.damaged(signed.release().content());
    }

    private static SignedRecord.OfRelease signed(Listing listing) {
        return new SignedRecord.OfRelease(
                listing.envelope()
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.SECURITY,
                                        listing.release().id() + " is not signed.",
                                        "The network has signed releases alone.")),
                listing.release());
    }

    /**
     * Returns a content that is whole and held here, fetched where it is missing; the others hear
     * of what is new here.
     */
    StoredContent bring(SignedRecord.OfRelease signed, Hold.Reason reason) {
        Content content = signed.release().content();
        Optional<StoredContent> here = holdings.whole(content.sha256());
        transfers.wanted(here.isPresent());
        if (here.isEmpty()) {
            requireRoom(signed.release(), reason);
            here = Optional.of(once(signed));
        }
        if (reason == Hold.Reason.INSTALLED) {
            providers.installed(signed);
        }
        if (holdings.hold(content, reason)) {
            announcements.provideSoon(signed);
        }
        return here.get();
    }

    /** What is kept for others, rather than installed here, stays within the store's limit. */
    private void requireRoom(Release release, Hold.Reason reason) {
        if (reason == Hold.Reason.INSTALLED) {
            return;
        }
        long used = holdings.usedBytes();
        if (used + release.content().sizeBytes() > quota.bytes()) {
            throw new MarketplaceException(
                    ErrorCode.INSUFFICIENT_SPACE,
                    release.id()
                            + " is not kept: the node keeps "
                            + quota
                            + " at most, and "
                            + new ByteSize(used)
                            + " are taken.",
                    "Free some with `ggen marketplace p2p gc`, or raise"
                            + " marketplace.p2p.store_limit.",
                    Map.of("id", release.id().text(), "limit", quota.toString()));
        }
    }

    private StoredContent once(SignedRecord.OfRelease signed) {
        Content content = signed.release().content();
        ReentrantLock turn = underWay.computeIfAbsent(content.cid(), it -> new ReentrantLock());
        turn.lock();
        try {
            Optional<StoredContent> meanwhile = holdings.whole(content.sha256());
            return meanwhile.isPresent() ? meanwhile.get() : fetch(signed);
        } finally {
            turn.unlock();
            underWay.remove(content.cid(), turn);
        }
    }

    private StoredContent fetch(SignedRecord.OfRelease signed) {
        Release release = signed.release();
        Content content = release.content();
        try (StoreWriter writer = holdings.store().writer();
                Progress.Task task =
                        progress.start("fetching " + release.id(), content.sizeBytes())) {
            ContentWriter blocks = writer.content();
            FetchOutcome outcome = run(content, blocks, task);
            providers.judge(outcome.figures());
            if (outcome instanceof FetchOutcome.Incomplete incomplete) {
                fallBack(release, incomplete, blocks);
            }
            StoredContent kept = keep(signed, blocks, writer);
            String faults = Providers.faults(outcome.figures());
            if (!faults.isEmpty()) {
                progress.say(release.id() + " came, though not from everybody: " + faults);
            }
            return kept;
        } catch (IOException e) {
            throw StorageFailure.of("fetch " + release.id() + "@" + release.version(), e);
        }
    }

    /** Asks the gateways for what no peer gives. */
    private void fallBack(Release release, FetchOutcome.Incomplete incomplete, ContentWriter blocks)
            throws IOException {
        Cid root = release.content().cid();
        var target = new HttpGateways.Target(root, held(blocks), paced(blocks));
        List<String> reasons = new ArrayList<>();
        if (!gateways.fetch(release.id().text(), target, reasons)) {
            blocks.keepPart(root, clock.instant());
            throw failed(release, incomplete, reasons);
        }
    }

    private FetchOutcome run(Content content, ContentWriter blocks, Progress.Task task)
            throws IOException {
        var steps = new Steps(task);
        FetchRequest request =
                FetchRequest.of(content.cid(), providers.near(), paced(blocks))
                        .finding(() -> providers.of(content.cid()))
                        .resuming(held(blocks))
                        .within(longest(content))
                        .reporting(it -> steps.at(it.bytes()));
        try (Transfers.Running _ = transfers.begin(content.cid(), steps)) {
            return bitswap.fetch(request);
        }
    }

    /** Takes no more than the download limit lets through: whoever sends has to wait. */
    private BlockSink paced(ContentWriter blocks) {
        return (cid, block) -> {
            long length = block.remaining();
            blocks.put(cid, block);
            LockSupport.parkNanos(limit.take(length, clock.instant()).toNanos());
        };
    }

    private Duration longest(Content content) {
        long seconds = mostASecond.map(most -> content.sizeBytes() / most).orElse(0L);
        return LONGEST.plusSeconds(2 * seconds);
    }

    /** What came so far, and what an earlier attempt left. */
    private BlockSource held(ContentWriter blocks) {
        BlockStore store = holdings.store();
        return cid -> {
            Optional<Bytes> fresh = blocks.get(cid);
            return fresh.isPresent() ? fresh : store.get(cid);
        };
    }

    private StoredContent keep(
            SignedRecord.OfRelease signed, ContentWriter blocks, StoreWriter writer)
            throws IOException {
        Content content = signed.release().content();
        gather(content.cid(), blocks);
        requirePromised(signed.release(), blocks);
        blocks.keep(Contents.digest(content));
        writer.keep(Contents.stored(signed));
        writer.commit();
        return holdings.whole(content.sha256()).orElseThrow();
    }

    /** Puts blocks that were here before beside the new ones, so that a content lies together. */
    private void gather(Cid root, ContentWriter blocks) throws IOException {
        BlockSource all = held(blocks);
        List<Cid> missing = new ArrayList<>();
        UnixFsWalk.visit(root, all, policy, missing::add);
        for (Cid cid : missing) {
            Optional<Bytes> block = all.get(cid);
            if (block.isPresent()) {
                blocks.put(cid, block.get().buffer());
            }
        }
    }

    private void requirePromised(Release release, BlockSource blocks) throws IOException {
        try {
            if (Contents.isAsPromised(release.content(), blocks, policy)) {
                return;
            }
            throw refused(release, "the content has another size or digest than was signed");
        } catch (ContentException e) {
            throw refused(release, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static MarketplaceException refused(Release release, String reason) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                release.id() + "@" + release.version() + " is refused: " + reason + ".",
                "Its publisher signed a content that is not sound: ask them for another version.",
                Map.of("id", release.id().text(), "version", release.version().toString()));
    }

    private static MarketplaceException failed(
            Release release, FetchOutcome.Incomplete outcome, List<String> gateways) {
        List<String> asked = new ArrayList<>();
        for (ProviderReport report : outcome.figures().providers()) {
            asked.add(Providers.said(report));
        }
        asked.addAll(gateways);
        boolean late = outcome.reason() == FetchOutcome.Reason.DEADLINE;
        String who = asked.isEmpty() ? "nobody is known to have it" : String.join("; ", asked);
        return new MarketplaceException(
                late ? ErrorCode.TIMEOUT : ErrorCode.ALL_PROVIDERS_FAILED,
                "The content of "
                        + release.id()
                        + "@"
                        + release.version()
                        + " cannot be had from the network: "
                        + outcome.detail()
                        + ". Asked: "
                        + who
                        + ".",
                "What came is kept: try again when its providers are there (`ggen marketplace p2p"
                        + " providers "
                        + release.id()
                        + "`), or take it from another registry.",
                Map.of("id", release.id().text(), "providers", who));
    }

    /** Turns bytes so far into steps of a progress bar. */
    static final class Steps {
        private final Progress.Task task;
        private volatile long bytes;

        Steps(Progress.Task task) {
            this.task = task;
        }

        void at(long now) {
            task.advance(now - bytes);
            bytes = now;
        }

        long bytes() {
            return bytes;
        }
    }
}

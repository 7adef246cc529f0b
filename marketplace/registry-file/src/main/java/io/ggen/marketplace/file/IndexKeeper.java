package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.file.IndexRewrite.Member;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.UtcTime;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps index.json, its table and the change log in agreement with the folders, whatever happened
 * to them: another program wrote the index, damaged or deleted it, a process was killed between two
 * steps, the machine was. Every method is called with the writers' lock held.
 */
final class IndexKeeper {
    private static final int READS = 5;
    private static final long BETWEEN_READS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int KEPT = 9;

    private final Layout layout;
    private final InstantSource clock;
    private final Progress progress;
    private final ChangeLog log;
    private final EntryMerge merge;

    IndexKeeper(Layout layout, InstantSource clock, Progress progress) {
        this.layout = layout;
        this.clock = clock;
        this.progress = progress;
        log = new ChangeLog(layout.changes(), clock);
        merge = new EntryMerge(layout);
    }

    /** Returns the table of an index that is as the folders are; the caller closes it. */
    OffsetTable open() throws IOException {
        long boot = Boot.current();
        Stamp stamp = Stamp.of(layout.index());
        Optional<OffsetTable> table =
                OffsetTable.open(
                        layout.offsets(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (table.isPresent() && table.get().header().boot() == boot && !stamp.isAbsent()) {
            ChangeLog.Place applied = table.get().header().applied();
            if (table.get().header().stamp().is(stamp)) {
                return replay(table.get(), applied);
            }
            table.get().close();
            return rescan(boot, Optional.of(applied));
        }
        if (table.isPresent()) {
            table.get().close();
        }
        return rescan(boot, Optional.empty());
    }

    /** Makes index.json anew from itself and the folders; returns how many packages it has. */
    int rebuild() throws IOException {
        try (OffsetTable table = rescan(Boot.current(), Optional.empty())) {
            return (int) table.header().shape().members();
        }
    }

    /** Says that {@code id} is about to change; returns the place behind that. */
    ChangeLog.Place announce(PackageId id) throws IOException {
        return log.append(id);
    }

    /** Puts in or takes out what the folders of {@code id} add to its entry. */
    OffsetTable refresh(OffsetTable table, PackageId id, ChangeLog.Place applied)
            throws IOException {
        Optional<Member> member = merge.merged(id, value(table, id));
        return member.isPresent()
                ? put(table, member.get(), applied)
                : remove(table, id.text(), applied);
    }

    /** Puts {@code member} in. */
    OffsetTable put(OffsetTable table, Member member, ChangeLog.Place applied) throws IOException {
        boolean done =
                new Splicer(layout, table, now())
                        .put(member.id(), member.value(), member.signedOnly(), applied);
        return done ? table : rewrite(table, member.id(), Optional.of(member), applied);
    }

    OffsetTable remove(OffsetTable table, String id, ChangeLog.Place applied) throws IOException {
        boolean done = new Splicer(layout, table, now()).remove(id, applied);
        return done ? table : rewrite(table, id, Optional.empty(), applied);
    }

    /** Takes one version out of the entry of {@code id}. */
    OffsetTable drop(OffsetTable table, PackageId id, Version version, ChangeLog.Place applied)
            throws IOException {
        Optional<EntryText> entry = value(table, id).flatMap(EntryText::parse);
        entry.ifPresent(it -> it.drop(version));
        return entry.isEmpty() || entry.get().isEmpty()
                ? remove(table, id.text(), applied)
                : put(table, new Member(id.text(), entry.get().json(), false), applied);
    }

    /** Says that index.json has every change up to {@code place}. */
    void applied(OffsetTable table, ChangeLog.Place place) throws IOException {
        describe(table, place);
    }

    /** Returns the place behind the last change. */
    ChangeLog.Place place() throws IOException {
        return log.end();
    }

    /** Returns what changed since {@code place}. */
    ChangeLog.Changes since(ChangeLog.Place place) throws IOException {
        return log.since(place);
    }

    /** Returns what index.json says of {@code id}. */
    Optional<Bytes> value(OffsetTable table, PackageId id) throws IOException {
        return IndexReader.value(layout, table, id.text());
    }

    private OffsetTable rewrite(
            OffsetTable table, String id, Optional<Member> member, ChangeLog.Place applied)
            throws IOException {
        table.close();
        IndexScan.Found found = IndexScan.scan(Bytes.wrap(Files.readAllBytes(layout.index())));
        Map<String, Member> members = members(found.text(), found.entries());
        members.remove(id);
        member.ifPresent(it -> members.put(id, it));
        return new IndexRewrite(layout, found)
                .write(List.copyOf(members.values()), now(), Boot.current(), applied);
    }

    private static Map<String, Member> members(Bytes text, List<OffsetTable.Entry> entries) {
        Map<String, Member> members = new TreeMap<>();
        for (OffsetTable.Entry entry : entries) {
            members.put(entry.id(), new Member(entry.id(), IndexScan.value(text, entry), false));
        }
        return members;
    }

    /**
     * Finishes what others announced. Every writer comes here: no pattern switch, for its start.
     */
    private OffsetTable replay(OffsetTable table, ChangeLog.Place applied) throws IOException {
        if (!(log.since(applied) instanceof ChangeLog.Changes.Some some)) {
            table.close();
            return rescan(table.header().boot(), Optional.empty());
        }
        OffsetTable current = table;
        for (PackageId id : some.ids()) {
            current = refresh(current, id, applied);
        }
        if (ChangeLog.isLong(some.until())) {
            describe(current, log.restart());
        } else if (!some.ids().isEmpty()) {
            describe(current, some.until());
        }
        return current;
    }

    private static void describe(OffsetTable table, ChangeLog.Place applied) throws IOException {
        Header header = table.header();
        if (header.stamp().isAbsent()) {
            return; // it is of no index.json any more
        }
        table.describe(header.withIndex(header.stamp(), header.shape(), applied));
    }

    /**
     * Reads index.json whole, since nobody knows what is in it.
     *
     * @param applied up to where it has every change; unknown after a start of the machine, and
     *     then all folders are compared with it
     */
    private OffsetTable rescan(long boot, Optional<ChangeLog.Place> applied) throws IOException {
        return switch (read()) {
            case Reading.Absent absent -> reconcile(boot, fresh(), Map.of(), "was missing");
            case Reading.Broken broken -> {
                Path kept = keep();
                Map<String, Member> sound = members(broken.text(), broken.sound());
                yield reconcile(
                        boot,
                        fresh(),
                        sound,
                        "was damaged (" + broken.reason() + ") and is kept as " + kept);
            }
            case Reading.Sound sound when applied.isPresent() -> {
                Header header =
                        Header.of(boot, sound.stamp(), sound.found().shape(), applied.get());
                OffsetTable table =
                        OffsetTable.create(layout.offsets(), sound.found().entries(), header);
                OffsetTable current = replay(table, applied.get());
                describe(current, log.restart());
                yield current;
            }
            case Reading.Sound sound ->
                    reconcile(
                            boot,
                            sound.found(),
                            members(sound.found().text(), sound.found().entries()),
                            "");
        };
    }

    private OffsetTable reconcile(
            long boot, IndexScan.Found base, Map<String, Member> known, String fault)
            throws IOException {
        Map<String, Member> members = new TreeMap<>(known);
        for (PackageId id : new Folders(layout).ids()) {
            Optional<Bytes> old = Optional.ofNullable(known.get(id.text())).map(Member::value);
            members.remove(id.text());
            merge.merged(id, old).ifPresent(it -> members.put(id.text(), it));
        }
        OffsetTable table =
                new IndexRewrite(layout, base)
                        .write(List.copyOf(members.values()), now(), boot, log.restart());
        if (!fault.isEmpty() && !members.isEmpty()) {
            progress.say(
                    layout.index()
                            + " "
                            + fault
                            + ": made anew from the "
                            + members.size()
                            + " packages in the registry");
        }
        return table;
    }

    private IndexScan.Found fresh() {
        return IndexScan.empty(now());
    }

    private String now() {
        return UtcTime.format(clock.instant());
    }

    /** What stands in index.json. */
    private sealed interface Reading {
        record Absent() implements Reading {}

        record Sound(IndexScan.Found found, Stamp stamp) implements Reading {}

        record Broken(Bytes text, List<OffsetTable.Entry> sound, String reason)
                implements Reading {}
    }

    /**
     * Reads it; the old program writes in place, so that a torn text may be whole a little later.
     */
    private Reading read() throws IOException {
        Reading reading = new Reading.Absent();
        Stamp before = Stamp.of(layout.index());
        for (int i = 0; i < READS && !before.isAbsent(); i++) {
            Bytes text = Bytes.wrap(Files.readAllBytes(layout.index()));
            Stamp after = Stamp.of(layout.index());
            try {
                IndexScan.Found found = IndexScan.scan(text);
                if (before.is(after)) {
                    return new Reading.Sound(found, after);
                }
            } catch (IndexScan.BrokenException e) {
                reading = new Reading.Broken(text, e.sound(), String.valueOf(e.getMessage()));
            }
            if (before.is(after) && !isYoung(after)) {
                return reading;
            }
            before = after;
            LockSupport.parkNanos(BETWEEN_READS);
        }
        return reading;
    }

    private boolean isYoung(Stamp stamp) {
        long age = TimeUnit.MILLISECONDS.toNanos(clock.millis()) - stamp.modified();
        return age >= 0 && age < TimeUnit.SECONDS.toNanos(1);
    }

    private Path keep() throws IOException {
        int number = 1;
        while (number < KEPT && Files.exists(layout.corrupted(number))) {
            number++;
        }
        DurableFiles.moveAtomically(layout.index(), layout.corrupted(number));
        return layout.corrupted(number);
    }
}

package io.ggen.marketplace.core.install;

import io.ggen.base.ProcessLock;
import io.ggen.content.ArchivePolicy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How installing behaves.
 *
 * @param patience how long to wait for another process; default 3 x 5 s
 * @param policy limits of archives; default 1 GiB
 * @param minimumAge how long a version must have been seen before it is newly chosen; default 0
 * @param bootId which start of the machine this is
 * @param freeSpace tells the free bytes of a folder's disk
 */
public record InstallSettings(
        ProcessLock.Patience patience,
        ArchivePolicy policy,
        Duration minimumAge,
        String bootId,
        FreeSpace freeSpace) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Tells how much room there is. */
    @FunctionalInterface
    public interface FreeSpace {
        /** Returns the free bytes on the disk of {@code folder}, which exists. */
        long of(Path folder) throws IOException;
    }

    /** Returns the defaults on this machine. */
    public static InstallSettings standard() {
        return new InstallSettings(
                ProcessLock.Patience.standard(),
                ArchivePolicy.standard(),
                Duration.ZERO,
                currentBoot(),
                folder -> Files.getFileStore(folder).getUsableSpace());
    }

    /**
     * Returns what tells this start of the machine from others; where there is no such thing, a
     * text that never comes again, so that installed trees are checked each time.
     */
    public static String currentBoot() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "process " + ProcessHandle.current().pid() + " " + System.nanoTime();
        }
    }

    /** Returns these settings with another boot id. */
    public InstallSettings withBootId(String other) {
        return new InstallSettings(patience, policy, minimumAge, other, freeSpace);
    }

    /** Returns these settings with another patience. */
    public InstallSettings withPatience(ProcessLock.Patience other) {
        return new InstallSettings(other, policy, minimumAge, bootId, freeSpace);
    }

    /** Returns these settings with other limits of archives. */
    public InstallSettings withPolicy(ArchivePolicy other) {
        return new InstallSettings(patience, other, minimumAge, bootId, freeSpace);
    }

    /** Returns these settings with another minimum age. */
    public InstallSettings withMinimumAge(Duration other) {
        return new InstallSettings(patience, policy, other, bootId, freeSpace);
    }

    /** Returns these settings with another measure of free space. */
    public InstallSettings withFreeSpace(FreeSpace other) {
        return new InstallSettings(patience, policy, minimumAge, bootId, other);
    }
}

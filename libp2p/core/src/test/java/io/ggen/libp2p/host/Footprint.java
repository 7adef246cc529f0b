package io.ggen.libp2p.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds after a garbage collection.
 *
 * @param heap bytes
 * @param direct bytes of direct buffers
 * @param resident bytes of the whole process in memory; 0 where the system does not tell
 * @param threads live threads, virtual ones included
 * @param files open file descriptors
 */
public record Footprint(long heap, long direct, long resident, long threads, long files) {
    /** Collects garbage and looks; {@code folder} takes a file for a moment. */
    public static Footprint take(Path folder) throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long direct =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return new Footprint(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct,
                residentBytes(),
                liveThreads(folder),
                openFiles());
    }

    /** Returns the number of open file descriptors. */
    public static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** Counts the stacks of a dump, as no counter tells of virtual threads. */
    private static long liveThreads(Path folder) throws IOException {
        Path dump = folder.resolve("threads-" + System.nanoTime() + ".txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(
                        dump.toAbsolutePath().toString(),
                        HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        try (var lines = Files.lines(dump)) {
            return lines.filter(line -> line.startsWith("#")).count();
        } finally {
            Files.delete(dump);
        }
    }

    private static long residentBytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }
}

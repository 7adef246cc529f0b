package io.ggen.libp2p.dns;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The machine's own way to look names up: addresses as every program does (hosts file included),
 * TXT records, which the platform has no call for, by {@link DnsClient} at the servers of {@code
 * /etc/resolv.conf}, remembered while they hold. At most 64 look-ups of addresses run at once.
 * Thread-safe.
 */
public final class SystemNames implements NameResolver {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int MAX_SERVERS = 3;
    private static final int MAX_LOOKUPS = 64;
    private static final int DNS = 53;

    private final Path configuration;
    private final Optional<InstantSource> clock;
    private final TextCache cache = new TextCache();
    private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);

    /** Looks everything up each time. */
    public SystemNames() {
        this(RESOLV_CONF, Optional.empty());
    }

    /**
     * Reads the servers from {@code /etc/resolv.conf} at each look-up, as it may change.
     *
     * @param clock tells for how long records were remembered
     */
    public SystemNames(InstantSource clock) {
        this(RESOLV_CONF, Optional.of(clock));
    }

    SystemNames(Path configuration, Optional<InstantSource> clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    @Override
    public List<String> texts(String name, Duration limit) {
        return texts(name, () -> new DnsClient(servers()).look(name, limit));
    }

    /** Looks up by {@code question} what is not known. */
    List<String> texts(String name, Supplier<TextQuestion.Answer.Texts> question) {
        DnsName parsed = name(name);
        return clock.map(InstantSource::instant)
                .flatMap(now -> cache.get(parsed, now))
                .orElseGet(() -> {
                    TextQuestion.Answer.Texts answer = question.get();
                    clock.ifPresent(time -> cache.put(parsed, answer, time.instant()));
                    return answer.texts();
                });
    }

    private static DnsName name(String name) {
        try {
            return DnsName.parse(name);
        } catch (IllegalArgumentException e) {
            throw new Libp2pException(Code.DIAL_FAILED, "cannot look up " + name, e);
        }
    }

    /** Returns the first three servers that the system uses. */
    List<InetSocketAddress> servers() {
        List<InetSocketAddress> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(configuration)) {
                String[] words = line.strip().split("\\s+", 3);
                if (words[0].equals("nameserver")
                        && words.length > 1
                        && servers.size() < MAX_SERVERS) {
                    servers.add(new InetSocketAddress(InetAddress.getByName(words[1]), DNS));
                }
            }
            return servers;
        } catch (IOException e) {
            throw new Libp2pException(
                    Code.DIAL_FAILED, "cannot read the DNS servers from " + configuration, e);
        }
    }

    /**
     * The system's call cannot be told to stop: it runs on a thread of its own, which outlives a
     * caller that waits no longer.
     */
    @Override
    public List<InetAddress> addresses(String name, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            if (!lookups.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooLong(name, limit);
            }
            BlockingQueue<List<InetAddress>> answer = new ArrayBlockingQueue<>(1);
            Thread.ofVirtual().name("lookup").start(() -> answer.add(lookUp(name)));
            return Optional.ofNullable(
                            answer.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS))
                    .orElseThrow(() -> tooLong(name, limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.DIAL_FAILED, "interrupted while looking up " + name, e);
        }
    }

    private List<InetAddress> lookUp(String name) {
        try {
            return List.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            return List.of();
        } finally {
            lookups.release();
        }
    }

    private static Libp2pException tooLong(String name, Duration limit) {
        return new Libp2pException(
                Code.TIMEOUT,
                "looking up " + name + " took longer than " + limit.toMillis() + " ms");
    }
}

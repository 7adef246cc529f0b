package io.ggen.marketplace.core.imports;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Utf8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * An index on the web, fetched with the archives below it into a folder, where it is read as any
 * other. Only what lies under the index's own address is fetched; what cannot be had is left out,
 * and the importer says of its entry that the content is not beside the index. Blocks on the
 * network, 30 s for an answer and 10 min for each file at most.
 */
public final class WebIndex implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long MAX_INDEX = 64L << 20;
    private static final long MAX_ARCHIVE = 128L << 20;
    private static final long MAX_TOTAL = 4L << 30;

    private final URI address;
    private final Path folder;
    private final Progress progress;
    private final Duration longest;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private long left = MAX_TOTAL;

    /**
     * Makes one for an {@code http} or {@code https} address, with a folder that closing removes;
     * fetches nothing yet.
     *
     * @throws MarketplaceException USAGE where it is no such address
     */
    public WebIndex(String address, Progress progress) throws IOException {
        this(address, progress, LONGEST);
    }

    WebIndex(String address, Progress progress, Duration longest) throws IOException {
        this.address = parse(address);
        this.progress = progress;
        this.longest = longest;
        folder = Files.createTempDirectory("ggen-import-");
    }

    private static URI parse(String address) {
        try {
            URI uri = URI.create(address).normalize();
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw unusable(address);
        }
        throw unusable(address);
    }

    private static MarketplaceException unusable(String address) {
        return new MarketplaceException(
                ErrorCode.USAGE,
                "not the address of an index: " + address,
                "give one as https://example.org/registry/index.json");
    }

    /**
     * Fetches the index and the archives that it names; returns where the index lies now.
     *
     * @throws MarketplaceException NETWORK or TIMEOUT where the index cannot be had, VALIDATION
     *     where it is too large
     */
    public Path fetch() throws IOException {
        Path index = folder.resolve(name());
        try {
            fetch(address, index, MAX_INDEX);
        } catch (IOException e) {
            throw new MarketplaceException(
                            e instanceof HttpTimeoutException
                                    ? ErrorCode.TIMEOUT
                                    : ErrorCode.NETWORK,
                            "cannot fetch " + address + ": " + reason(e),
                            "check the address in a browser, or fetch the file and import that")
                    .causedBy(e);
        }
        Set<String> archives = archives(index);
        try (Progress.Task task = progress.start("Fetching", archives.size())) {
            for (String archive : archives) {
                fetchArchive(archive);
                task.advance(1);
            }
        }
        return index;
    }

    private String name() {
        String path = address.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".toml") ? "packages.toml" : "index.json";
    }

    private void fetchArchive(String path) throws IOException {
        URI place = address.resolve(path.replace(" ", "%20")).normalize();
        Path file = folder.resolve(path).normalize();
        boolean below =
                place.getAuthority().equals(address.getAuthority())
                        && place.getPath().startsWith(address.resolve(".").getPath())
                        && file.startsWith(folder);
        if (!below) {
            return;
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        try {
            fetch(place, file, Math.min(MAX_ARCHIVE, left));
            left -= Files.size(file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            progress.say("cannot fetch " + place + ": " + reason(e));
        }
    }

    /** Returns the relative addresses of all archives; none where it is no index of that kind. */
    private static Set<String> archives(Path index) throws IOException {
        Set<String> archives = new TreeSet<>();
        try {
            JsonObject root = JsonObject.parse(Utf8.decode(Bytes.wrap(Files.readAllBytes(index))));
            JsonObject packages = root.object("packages").orElseThrow(IllegalStateException::new);
            for (String name : packages.names()) {
                for (JsonObject version : versions(packages, name)) {
                    version.withoutNulls()
                            .optionalText("download_url")
                            .filter(WebIndex::isRelative)
                            .ifPresent(archives::add);
                }
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Set.of(); // the importer says what is wrong with it, and where
        }
        return archives;
    }

    private static Iterable<JsonObject> versions(JsonObject packages, String name) {
        return packages.object(name).orElseThrow(IllegalStateException::new).objects("versions");
    }

    private static boolean isRelative(String url) {
        return !url.isEmpty()
                && !url.startsWith("/")
                && url.indexOf(':') < 0
                && url.indexOf('\\') < 0
                && url.indexOf('?') < 0
                && !url.contains("..");
    }

    private void fetch(URI from, Path to, long most) throws IOException {
        HttpRequest request;
        try {
            request =
                    HttpRequest.newBuilder(from)
                            .timeout(PATIENCE)
                            .header("User-Agent", "ggen")
                            .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address: " + from, e);
        }
        CompletableFuture<HttpResponse<Path>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofFile(to), most));
        try {
            int status = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new IOException("the server answers " + status);
            }
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException(
                    "not all of it came within " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

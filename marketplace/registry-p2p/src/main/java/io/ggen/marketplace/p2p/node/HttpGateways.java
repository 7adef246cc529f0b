package io.ggen.marketplace.p2p.node;

import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentException;
import io.ggen.content.DagFrontier;
import io.ggen.content.DagLimits;
import io.ggen.libp2p.gateway.CarIntake;
import io.ggen.libp2p.io.Deadline;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.multiformats.Cid;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * The gateways over plain HTTP that the user names: where no peer gives a content they are asked,
 * one after the other, for what is missing. They are believed as little as peers: each block is
 * verified. Thread-safe; blocks on the network.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">Trustless gateway</a>
 */
final class HttpGateways {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String CAR = "application/vnd.ipld.car; version=1; order=dfs; dups=n";

    private final List<String> urls;
    private final Progress progress;

    /**
     * @param urls such as {@code https://gateway.example}; {@code /ipfs/CID} is put after them
     */
    HttpGateways(List<String> urls, Progress progress) {
        this.urls = urls;
        this.progress = progress;
    }

    /** Where the blocks of one content are, and where those go that are missing. */
    record Target(Cid root, BlockSource held, BlockSink sink) {}

    /**
     * Asks until nothing is missing.
     *
     * @param what is fetched, for people
     * @param reasons gets what was wrong with each that was asked in vain
     * @return whether nothing is missing
     */
    boolean fetch(String what, Target target, List<String> reasons) {
        for (String url : urls) {
            progress.say("no peer gives " + what + ": asking the gateway " + url);
            String reason = ask(url, target);
            if (reason.isEmpty()) {
                return true;
            }
            reasons.add("the gateway " + url + " " + reason);
        }
        return false;
    }

    private static String ask(String url, Target target) {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            HttpResponse<InputStream> answer =
                    client.send(
                            request(url, target.root()), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return answer.statusCode() == 200
                        ? take(body, target)
                        : "answered " + answer.statusCode();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was not waited for";
        } catch (IllegalArgumentException | ContentException e) {
            return "gave what is wrong: " + e.getMessage();
        } catch (IOException e) {
            return "cannot be asked: " + (e.getMessage() == null ? e : e.getMessage());
        }
    }

    private static HttpRequest request(String url, Cid root) {
        String base = url.endsWith("/") ? url : url + "/";
        return HttpRequest.newBuilder(URI.create(base + "ipfs/" + root + "?format=car"))
                .header("Accept", CAR)
                .timeout(PATIENCE)
                .build();
    }

    private static String take(InputStream body, Target target) throws IOException {
        var frontier = new DagFrontier(target.held(), DagLimits.standard());
        frontier.begin(target.root());
        BlockSink sink =
                (cid, block) -> {
                    try {
                        target.sink().put(cid, block);
                    } catch (IOException e) {
                        throw StorageFailure.of("keep what a gateway gives", e);
                    }
                };
        try (Deadline all = Deadline.start(LONGEST, () -> end(body))) {
            boolean whole = new CarIntake(frontier, sink).take(new Impatient(body));
            return whole ? "" : all.passed() ? "takes too long" : "does not give all of it";
        }
    }

    private static void end(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            System.getLogger(HttpGateways.class.getName())
                    .log(System.Logger.Level.DEBUG, "an answer does not end well", e);
        }
    }

    /** An answer that ends when nothing comes for a while. */
    private static final class Impatient extends FilterInputStream {
        Impatient(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try (Deadline _ = Deadline.start(PATIENCE, () -> end(in))) {
                return super.read(buffer, offset, length);
            }
        }
    }
}

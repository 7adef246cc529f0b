package io.ggen.libp2p.gateway;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSource;
import io.ggen.content.CarWriter;
import io.ggen.content.ContentException;
import io.ggen.content.Dag;
import io.ggen.content.DagSelection;
import io.ggen.libp2p.gateway.GatewayRequest.Format;
import io.ggen.libp2p.gateway.http.HttpException;
import io.ggen.libp2p.gateway.http.HttpHead;
import io.ggen.libp2p.gateway.http.HttpInput;
import io.ggen.libp2p.gateway.http.HttpOutput;
import io.ggen.libp2p.gateway.http.HttpRequest;
import io.ggen.libp2p.io.Duplex;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One request and its answer. A CAR that breaks off after its head was sent ends with the pipe, not
 * with its last chunk. Confined to one thread.
 */
final class Exchange {
    private static final String WELL_KNOWN = "/.well-known/libp2p/protocols";
    private static final String PROTOCOLS = "{\"protocols\":{\"/ipfs/gateway\":{\"path\":\"/\"}}}";

    private final GatewayOptions options;
    private final Predicate<String> hosts;
    private final Pacer pacer;
    private final HttpInput in;
    private final HttpOutput out;

    /**
     * Makes an exchange over {@code pipe}.
     *
     * @param hosts which Host fields are answered
     */
    Exchange(GatewayOptions options, Predicate<String> hosts, Pacer pacer, Duplex pipe) {
        this.options = options;
        this.hosts = hosts;
        this.pacer = pacer;
        this.in = new HttpInput(pipe);
        this.out = new HttpOutput(pipe);
    }

    /**
     * Reads the request and answers it.
     *
     * @throws IOException when the blocks cannot be read; the answer is not complete then
     */
    void run() throws IOException {
        boolean headOnly = false;
        try {
            Optional<HttpHead> head = in.head();
            if (head.isPresent()) {
                HttpRequest request = HttpRequest.of(head.get());
                headOnly = request.isHead();
                answer(request);
            }
        } catch (HttpException e) {
            refuse(e, headOnly);
        }
        out.flush();
    }

    /** Tells the other side that nobody has time for it. */
    void busy() {
        refuse(new HttpException(503, "too many requests at once"), false);
        out.flush();
    }

    private void answer(HttpRequest request) throws IOException {
        if (!hosts.test(request.host())) {
            throw new HttpException(421, "this host is not served here");
        }
        if (request.target().equals(WELL_KNOWN)) {
            send(request, "application/json", Bytes.utf8(PROTOCOLS), new LinkedHashMap<>());
            return;
        }
        GatewayRequest asked = GatewayRequest.of(request);
        Optional<Bytes> root = blocks().get(asked.root());
        if (root.isEmpty()) {
            throw new HttpException(onlyIfCached(request) ? 412 : 404, "no block " + asked.root());
        }
        Map<String, String> fields = fields(asked);
        if (isKnown(request, asked.etag())) {
            out.head(status(304), fields);
        } else if (asked.format() == Format.RAW) {
            pacer.await(root.get().length());
            send(request, asked.format().type(), root.get(), fields);
        } else {
            car(request, asked, fields);
        }
    }

    private BlockSource blocks() {
        return cid -> {
            Optional<Bytes> inline = Dag.inline(cid);
            return inline.isPresent() || !options.allowed().test(cid)
                    ? inline
                    : options.source().get(cid);
        };
    }

    private static boolean onlyIfCached(HttpRequest request) {
        return request.head().all("cache-control").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("only-if-cached"));
    }

    private static boolean isKnown(HttpRequest request, String etag) {
        String bare = etag.startsWith("W/") ? etag.substring(2) : etag;
        return request.head().all("if-none-match").stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .anyMatch(known -> known.equals("*") || known.endsWith(bare));
    }

    private static Map<String, String> fields(GatewayRequest asked) {
        Map<String, String> fields = new LinkedHashMap<>();
        String file = asked.root() + "." + asked.format().extension();
        fields.put("Content-Disposition", "attachment; filename=\"" + file + "\"");
        fields.put("Etag", asked.etag());
        fields.put("Cache-Control", "public, max-age=29030400, immutable");
        fields.put("X-Content-Type-Options", "nosniff");
        fields.put("Connection", "close");
        return fields;
    }

    private void send(HttpRequest request, String type, Bytes body, Map<String, String> fields) {
        fields.put("Content-Type", type);
        fields.put("Content-Length", String.valueOf(body.length()));
        fields.put("Connection", "close");
        out.head(status(200), fields);
        if (!request.isHead()) {
            out.body(body.buffer());
        }
    }

    private void car(HttpRequest request, GatewayRequest asked, Map<String, String> fields)
            throws IOException {
        DagSelection selection = selection(asked);
        fields.put("Content-Type", Format.CAR.type() + "; version=1; order=dfs; dups=n");
        fields.put("Transfer-Encoding", "chunked");
        out.head(status(200), fields);
        if (!request.isHead()) {
            var writer = new CarWriter(List.of(asked.root()), this::paced);
            selection.walk(asked.scope(), writer);
            out.lastChunk();
        }
    }

    private void paced(ByteBuffer bytes) throws IOException {
        pacer.await(bytes.remaining());
        out.chunk(bytes);
    }

    private DagSelection selection(GatewayRequest asked) throws IOException {
        try {
            return DagSelection.resolve(asked.root(), asked.path(), blocks(), options.limits())
                    .orElseThrow(() -> new HttpException(404, "no such path below the root"));
        } catch (ContentException e) {
            throw new HttpException(404, "the path cannot be followed: " + e.getMessage());
        }
    }

    private void refuse(HttpException e, boolean headOnly) {
        Bytes text = Bytes.utf8(e.getMessage() + "\n");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", "text/plain; charset=utf-8");
        fields.put("X-Content-Type-Options", "nosniff");
        fields.put("Content-Length", String.valueOf(text.length()));
        fields.put("Connection", "close");
        out.head(status(e.status()), fields);
        if (!headOnly) {
            out.body(text.buffer());
        }
    }

    private static String status(int code) {
        String reason =
                switch (code) {
                    case 200 -> "OK";
                    case 304 -> "Not Modified";
                    case 400 -> "Bad Request";
                    case 404 -> "Not Found";
                    case 405 -> "Method Not Allowed";
                    case 412 -> "Precondition Failed";
                    case 414 -> "URI Too Long";
                    case 421 -> "Misdirected Request";
                    case 431 -> "Request Header Fields Too Large";
                    case 501 -> "Not Implemented";
                    case 503 -> "Service Unavailable";
                    default -> "HTTP Version Not Supported";
                };
        return "HTTP/1.1 " + code + " " + reason;
    }
}

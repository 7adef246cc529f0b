package io.ggen.libp2p.gateway;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.DagScope;
import io.ggen.libp2p.gateway.http.HttpException;
import io.ggen.libp2p.gateway.http.HttpRequest;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is asked of the gateway.
 *
 * @param path names below the root; empty for the root itself
 * @param scope of a CAR
 * @param etag names the answer
 * @see <a href="https://specs.ipfs.tech/http-gateways/trustless-gateway/">Trustless gateway</a>
 */
record GatewayRequest(Cid root, List<String> path, Format format, DagScope scope, String etag) {
    enum Format {
        RAW("application/vnd.ipld.raw", "bin"),
        CAR("application/vnd.ipld.car", "car");

        private final String type;
        private final String extension;

        Format(String type, String extension) {
            this.type = type;
            this.extension = extension;
        }

        String type() {
            return type;
        }

        String extension() {
            return extension;
        }
    }

    private static final String PREFIX = "/ipfs/";
    private static final int MAX_NAMES = 64;

    GatewayRequest {
        path = List.copyOf(path);
    }

    /** Understands a request; throws {@link HttpException} 400 or 404. */
    static GatewayRequest of(HttpRequest request) {
        String[] parts = request.target().split("\\?", 2);
        Map<String, String> query = query(parts.length > 1 ? parts[1] : "");
        if (!parts[0].startsWith(PREFIX)) {
            throw new HttpException(404, "only /ipfs/ is served");
        }
        List<String> names = names(parts[0].substring(PREFIX.length()));
        Cid root = cid(names.getFirst());
        List<String> path = names.subList(1, names.size());
        Format format = format(query, request, root);
        if (format == Format.RAW && !path.isEmpty()) {
            throw bad("a raw block has no path; ask for ?format=car");
        }
        DagScope scope = scope(query);
        return new GatewayRequest(root, path, format, scope, etag(root, path, format, query));
    }

    private static HttpException bad(String message) {
        return new HttpException(400, message);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            String value = sides.length > 1 ? decoded(sides[1].replace("+", "%2B")) : "";
            if (!pair.isEmpty() && query.putIfAbsent(sides[0], value) != null) {
                throw bad("the parameter " + sides[0] + " stands twice");
            }
        }
        return query;
    }

    /** Splits before it decodes, so that no encoded slash or dot makes a path of its own. */
    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String segment : trimmed.split("/", -1)) {
            String name = decoded(segment.replace("+", "%2B"));
            boolean sound = !name.isEmpty() && !name.equals(".") && !name.equals("..");
            if (!sound || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
                throw bad("a path with an empty or unsound name");
            }
            names.add(name);
        }
        if (names.size() > MAX_NAMES + 1) {
            throw bad("a path of more than " + MAX_NAMES + " names");
        }
        return names;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("a percent sign without two digits");
        }
    }

    private static Cid cid(String text) {
        try {
            return Cid.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad("not a CID: " + e.getMessage());
        }
    }

    private static Format format(Map<String, String> query, HttpRequest request, Cid root) {
        String asked = query.getOrDefault("format", "");
        if (!asked.isEmpty()) {
            return switch (asked) {
                case "raw" -> Format.RAW;
                case "car" -> Format.CAR;
                default -> throw bad("?format is raw or car");
            };
        }
        return accepted(String.join(",", request.head().all("accept")))
                .or(() ->
                        root.hash().code() == Multihash.IDENTITY
                                ? Optional.of(Format.RAW)
                                : Optional.empty())
                .orElseThrow(() -> bad("ask for ?format=raw or ?format=car"));
    }

    /** Returns the format that is accepted most gladly, by its q. */
    private static Optional<Format> accepted(String accept) {
        Optional<Format> best = Optional.empty();
        double bestWeight = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            List<String> parts = List.of(range.strip().split("\\s*;\\s*", -1));
            for (Format format : Format.values()) {
                boolean version1 = parts.stream().noneMatch(part -> part.equals("version=2"));
                if (parts.getFirst().equals(format.type())
                        && version1
                        && weight(parts) > bestWeight) {
                    best = Optional.of(format);
                    bestWeight = weight(parts);
                }
            }
        }
        return best;
    }

    private static double weight(List<String> parts) {
        for (String part : parts) {
            if (part.startsWith("q=")) {
                try {
                    return Double.parseDouble(part.substring(2));
                } catch (NumberFormatException e) {
                    throw bad("a weight that is no number: " + part);
                }
            }
        }
        return 1;
    }

    private static DagScope scope(Map<String, String> query) {
        if (!query.getOrDefault("car-version", "1").equals("1")) {
            throw bad("?car-version is 1");
        }
        String bytes = query.getOrDefault("entity-bytes", "");
        if (!bytes.isEmpty()) {
            return new DagScope.Entity(range(bytes));
        }
        return switch (query.getOrDefault("dag-scope", "all")) {
            case "block" -> new DagScope.BlockOnly();
            case "entity" -> new DagScope.Entity(DagScope.Range.whole());
            case "all" -> new DagScope.All();
            default -> throw bad("?dag-scope is block, entity or all");
        };
    }

    private static DagScope.Range range(String text) {
        String[] ends = text.split(":", -1);
        if (ends.length != 2) {
            throw bad("?entity-bytes is FROM:TO");
        }
        try {
            OptionalLong to =
                    ends[1].equals("*")
                            ? OptionalLong.empty()
                            : OptionalLong.of(Long.parseLong(ends[1]));
            return new DagScope.Range(Long.parseLong(ends[0]), to);
        } catch (NumberFormatException e) {
            throw bad("?entity-bytes is FROM:TO");
        }
    }

    private static String etag(
            Cid root, List<String> path, Format format, Map<String, String> query) {
        if (format == Format.RAW) {
            return "\"" + root + ".raw\"";
        }
        String which =
                String.join("/", path)
                        + "?"
                        + query.getOrDefault("dag-scope", "")
                        + "?"
                        + query.getOrDefault("entity-bytes", "");
        String hash = Sha256.of(Bytes.utf8(which)).hex().substring(0, 16);
        return "W/\"" + root + ".car." + hash + "\"";
    }
}

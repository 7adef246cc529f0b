package io.ggen.node;

import static io.ggen.node.ApiClient.encoded;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.RegistryFields;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The packages that a running node knows, through its API. */
final class RemoteRegistry implements Registry {
    private static final Duration LOOKUP = Duration.ofSeconds(90);
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    private final ApiClient api;

    RemoteRegistry(ApiClient api) {
        this.api = api;
    }

    @Override
    public SearchResults search(Query query) {
        StringBuilder path = new StringBuilder("search?q=").append(encoded(query.text()));
        query.categories().forEach(it -> path.append("&category=").append(encoded(it)));
        query.tags().forEach(it -> path.append("&tag=").append(encoded(it)));
        query.publisher().ifPresent(it -> path.append("&publisher=").append(encoded(it.text())));
        path.append("&minReputation=").append(query.minimumReputation());
        path.append("&limit=").append(query.limit()).append("&facets=").append(query.facets());
        return RegistryFields.results(api.get(path.toString(), LOOKUP));
    }

    private static String path(PackageRef ref) {
        return "packages/" + encoded(ref.id().text());
    }

    private static String path(PackageRef ref, Version version, String below) {
        return path(ref)
                + below
                + "?version="
                + encoded(version.toString())
                + ref.publisher().map(did -> "&publisher=" + encoded(did.text())).orElse("");
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return VersionListing.newest(listVersions(ref))
                .flatMap(it ->
                        getPackageVersion(new PackageRef(ref.id(), it.publisher()), it.version()));
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        try {
            return Optional.of(RegistryFields.listing(api.get(path(ref, version, ""), LOOKUP)));
        } catch (MarketplaceException e) {
            if (e.code() == ErrorCode.PACKAGE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        return api.get(path(ref) + RemoteNetwork.query(ref), LOOKUP)
                .list("versions", RegistryFields::version);
    }

    @Override
    public Publication publish(Envelope release, PackageSource content) {
        Fields answer = upload(release, Optional.of(content));
        return new Publication(
                RegistryFields.listing(answer.object("release")), answer.flag("created"));
    }

    private Fields upload(Envelope envelope, Optional<PackageSource> content) {
        String boundary = UUID.randomUUID().toString();
        return api.upload(
                "releases", boundary, out -> parts(out, boundary, envelope, content), TRANSFER);
    }

    private static void parts(
            OutputStream out, String boundary, Envelope envelope, Optional<PackageSource> content)
            throws IOException {
        text(out, part(boundary, "envelope"));
        EnvelopeCodec.encode(envelope).writeTo(out);
        if (content.isPresent()) {
            text(out, "\r\n" + part(boundary, "content"));
            content.get().writeTar(out);
        }
        text(out, "\r\n--" + boundary + "--\r\n");
    }

    private static String part(String boundary, String name) {
        return "--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void yank(Envelope yank) {
        upload(yank, Optional.empty());
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        api.delete(path(ref, version, ""));
    }

    @Override
    public boolean exists(PackageRef ref) {
        return !listVersions(ref).isEmpty();
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        return api
                .get("packages?near=" + encoded(id.text()) + "&most=" + most)
                .texts("ids")
                .stream()
                .map(PackageId::new)
                .toList();
    }

    @Override
    public long lastSequence(Did publisher, String chain) {
        String path =
                "releases?publisher=" + encoded(publisher.text()) + "&chain=" + encoded(chain);
        return api.get(path).whole("lastSequence");
    }

    @Override
    public Optional<Instant> asOf() {
        return NodeFields.status(api.get("status")).catalogue().freshness();
    }

    @Override
    public RegistryMetadata metadata() {
        return new RegistryMetadata("p2p", api.url(), OptionalLong.empty());
    }

    @Override
    public InputStream open(Listing listing) {
        PackageRef ref = new PackageRef(listing.release().id(), listing.release().publisher());
        return api.stream(path(ref, listing.release().version(), "/content"), TRANSFER);
    }

    @Override
    public void close() {
        // the network owns the connection
    }
}

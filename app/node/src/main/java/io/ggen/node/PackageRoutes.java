package io.ggen.node;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.content.CarWriter;
import io.ggen.content.Dag;
import io.ggen.content.DagLimits;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Network;
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
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The requests about packages: search, versions, records, content. */
final class PackageRoutes {
    private static final int MOST_HITS = 10_000;
    private static final int LONGEST_WAIT = 600_000;

    private final Network network;
    private final Metrics metrics;
    private final Spool spool;

    /** Answers for {@code network}; content on its way in waits in {@code spool}. */
    PackageRoutes(Network network, Metrics metrics, Spool spool) {
        this.network = network;
        this.metrics = metrics;
        this.spool = spool;
    }

    private Registry registry() {
        return network.registry();
    }

    void search(ApiCall call) throws IOException {
        Query query =
                new Query(
                        call.parameter("q").orElse(""),
                        call.values("category"),
                        call.values("tag"),
                        call.parameter("publisher").map(Did::new),
                        call.parameter("minReputation").map(Double::parseDouble).orElse(0.0),
                        Math.max(1, call.whole("limit", 20, MOST_HITS)),
                        call.parameter("facets").equals(Optional.of("true")));
        long began = System.nanoTime();
        SearchResults results = registry().search(query);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        metrics.search(took);
        call.answer(
                "p2p.search",
                new Fields()
                        .put("query", query.text())
                        .put("elapsedMs", took.toMillis())
                        .all(RegistryFields.of(results)));
    }

    /**
     * {@code packages?near=ID}; {@code packages/ID}: its versions, or with {@code ?version=} that
     * one, or DELETE of it; {@code packages/ID/content?version=}: its canonical tar.
     */
    void packages(ApiCall call) throws IOException {
        if (call.path().size() == 3) {
            PackageId id = new PackageId(call.parameter("near").orElse(""));
            List<PackageId> near = registry().similar(id, call.whole("most", 5, 100));
            call.answer("p2p.names", new Fields().texts("ids", near));
            return;
        }
        PackageRef ref = NodeRoutes.ref(call.path().get(3), call.parameter("publisher"));
        Optional<Version> version = call.parameter("version").map(Version::parse);
        if (call.path().size() == 5) {
            content(call, ref, version);
        } else if (version.isEmpty()) {
            versions(call, ref);
        } else if (call.method().equals("DELETE")) {
            registry().delete(ref, version.get());
            call.answer("p2p.unpublish", new Fields().put("id", ref.id().text()));
        } else {
            call.answer("p2p.release", RegistryFields.of(listing(ref, version.get())));
        }
    }

    private void versions(ApiCall call, PackageRef ref) throws IOException {
        call.answer(
                "p2p.versions",
                new Fields()
                        .put("id", ref.id().text())
                        .list("versions", registry().listVersions(ref), RegistryFields::of));
    }

    private Listing listing(PackageRef ref, Version version) {
        return registry()
                .getPackageVersion(ref, version)
                .orElseThrow(() ->
                        new MarketplaceException(
                                ErrorCode.PACKAGE_NOT_FOUND,
                                "the network knows no " + ref.id() + "@" + version,
                                "`ggen m p2p search` shows what there is"));
    }

    private void content(ApiCall call, PackageRef ref, Optional<Version> version)
            throws IOException {
        Listing listing =
                listing(ref, version.orElseThrow(() -> ApiCall.usage("content needs ?version=")));
        boolean whole = false;
        try (InputStream tar = registry().open(listing)) {
            try (OutputStream out = call.begin(200, "application/x-tar")) {
                tar.transferTo(out);
            }
            whole = true;
        } finally {
            metrics.install(whole);
        }
    }

    /** {@code content/CID}: all blocks below it as a CAR. */
    void car(ApiCall call) throws IOException {
        Cid root = Cid.parse(call.path().get(3));
        BlockSource blocks = network.content(root);
        try (OutputStream out = call.begin(200, "application/vnd.ipld.car; version=1")) {
            var channel = Channels.newChannel(out);
            CarWriter car = new CarWriter(List.of(root), channel::write);
            Dag.walk(root, blocks, DagLimits.standard(), car);
        }
    }

    /**
     * {@code releases}: POST of {@code envelope} and {@code content}, or of an envelope that yanks
     * alone; {@code releases?publisher=&chain=}; {@code releases/RECORD?waitMs=}.
     */
    void releases(ApiCall call) throws IOException {
        if (call.path().size() == 4) {
            Duration patience = Duration.ofMillis(call.whole("waitMs", 0, LONGEST_WAIT));
            Sha256 record = Sha256.fromHex(call.path().get(3));
            call.answer("p2p.spread", ContentFields.of(network.spread(record, patience)));
        } else if (call.method().equals("POST")) {
            try (Upload upload = Upload.read(call, spool)) {
                publish(call, upload);
            }
        } else {
            Did publisher = new Did(call.parameter("publisher").orElse(""));
            long last = registry().lastSequence(publisher, call.parameter("chain").orElse(""));
            call.answer("p2p.sequence", new Fields().put("lastSequence", last));
        }
    }

    private void publish(ApiCall call, Upload upload) throws IOException {
        Envelope envelope = EnvelopeCodec.decode(upload.envelope());
        if (envelope.payloadType().equals(Envelope.YANK)) {
            registry().yank(envelope);
            call.answer("p2p.yank", new Fields().put("recordId", envelope.recordId().hex()));
            return;
        }
        Publication publication = registry().publish(envelope, upload.content());
        Bytes record = publication.listing().envelope().orElse(envelope).recordId().bytes();
        call.answer(
                publication.created() ? 201 : 200,
                "p2p.publish",
                new Fields()
                        .put("created", publication.created())
                        .put("release", RegistryFields.of(publication.listing()))
                        .all(ContentFields.of(network.spread(new Sha256(record), Duration.ZERO))));
    }
}

package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.session.Packages;
import io.ggen.marketplace.core.session.Session;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Shows everything about one package. */
final class InfoCommand implements Command {
    private static final int COLUMN = 14;

    @Override
    public Usage usage() {
        return new Usage(
                "ID[@VERSION]",
                1,
                List.of(),
                "Versions, what it needs and what needs it, who published it and whether you trust\n"
                        + "them, and the line that installs it.",
                List.of(
                        new Usage.Example("info acme/ui", "the newest version"),
                        new Usage.Example(
                                "info acme/ui@1.2.0 --json", "one version, for programs")));
    }

    /** All that is known of the package. */
    private record Facts(
            Listing listing,
            List<VersionListing> versions,
            Optional<List<String>> dependents,
            Trust trust,
            Optional<String> readme) {
        Release release() {
            return listing.release();
        }
    }

    @Override
    public int run(Call call) {
        Names name = Names.of(call.words().getFirst());
        Session session = call.session();
        Packages packages = session.packages();
        PackageRef ref = new PackageRef(name.id(), session.publisherDid());
        Listing listing = packages.find(ref, name.version());
        Facts facts =
                new Facts(
                        listing,
                        session.registry().listVersions(ref),
                        packages.dependents(name.id()),
                        session.trust().read(),
                        call.console().json() ? packages.readme(listing) : Optional.empty());
        if (call.console().json()) {
            call.console().data(json(call, facts));
        } else {
            call.console().print(page(call.console().text(), facts));
        }
        return 0;
    }

    private static String json(Call call, Facts facts) {
        Release release = facts.release();
        TreeMap<String, String> dependencies = new TreeMap<>();
        for (Dependency dependency : release.dependencies()) {
            dependencies.put(dependency.id().text(), dependency.range().toString());
        }
        Json out =
                call.json()
                        .field("id", release.id().text())
                        .field("version", release.version().toString());
        out.list(
                "versions",
                facts.versions(),
                (json, version) -> version(json, version, call, facts));
        out.field("description", release.about().description())
                .field("license", text(release.about().license()))
                .field("homepage", text(release.about().homepage()))
                .field("repository", text(release.about().repository()))
                .texts("categories", release.about().categories())
                .texts("tags", release.about().tags())
                .texts("dependencies", dependencies);
        if (facts.dependents().isPresent()) {
            out.texts("dependents", facts.dependents().get());
        } else {
            out.missing("dependents");
        }
        return out.field("publisher", release.publisher())
                .field("trust", trust(facts))
                .field("cid", release.content().cid().toString())
                .field("sha256", release.content().sha256().hex())
                .field("sizeBytes", release.content().sizeBytes())
                .field("readme", facts.readme())
                .done();
    }

    private static void version(Json out, VersionListing version, Call call, Facts facts) {
        PackageRef ref = new PackageRef(facts.release().id(), version.publisher());
        out.field("version", version.version().toString())
                .field(
                        "publishedAt",
                        call.session()
                                .registry()
                                .getPackageVersion(ref, version.version())
                                .map(listing -> listing.release().publishedAt()))
                .field("yanked", version.yanked());
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String trust(Facts facts) {
        Optional<Did> publisher = facts.release().publisher();
        if (publisher.isEmpty()) {
            return "unsigned";
        }
        if (facts.trust().pinned(facts.release().id()).equals(publisher)) {
            return "pinned";
        }
        return facts.trust().trusts(publisher.get()) ? "trusted" : "signed";
    }

    private static Text page(Text text, Facts facts) {
        Release release = facts.release();
        text.bold(release.id().text()).add(" ").green(release.version().toString());
        facts.listing().yank().ifPresent(yank -> text.add(" ").red("yanked: " + yank.reason()));
        text.line();
        if (!release.about().description().isEmpty()) {
            text.add(release.about().description()).line();
        }
        text.line();
        row(text, "versions", versions(facts.versions()));
        row(text, "published", release.publishedAt().toString());
        row(text, "publisher", publisher(facts));
        row(text, "license", release.about().license());
        row(text, "homepage", release.about().homepage());
        row(text, "repository", release.about().repository());
        row(text, "categories", String.join(", ", release.about().categories()));
        row(text, "tags", String.join(", ", release.about().tags()));
        row(text, "dependencies", dependencies(release));
        row(text, "needed by", facts.dependents().map(ids -> String.join(", ", ids)).orElse(""));
        row(
                text,
                "size",
                new ByteSize(release.content().sizeBytes())
                        + " in "
                        + Text.count(release.content().files(), "file"));
        row(text, "cid", release.content().cid().toString());
        row(text, "sha256", release.content().sha256().hex());
        row(text, "found in", facts.listing().source());
        return text.line().add("  ggen m install " + release.id()).line();
    }

    private static void row(Text text, String name, String value) {
        if (!value.isEmpty()) {
            text.cyan(name).pad(COLUMN - name.length()).add(value).line();
        }
    }

    private static String publisher(Facts facts) {
        return facts.release()
                .publisher()
                .map(did -> did + " (" + facts.trust().shown(did) + ", " + trust(facts) + ")")
                .orElse("unsigned: needs --allow-unsigned");
    }

    private static String versions(List<VersionListing> versions) {
        List<String> texts = new ArrayList<>();
        for (VersionListing version : versions.reversed()) {
            Version number = version.version();
            texts.add(version.yanked() ? number + " (yanked)" : number.toString());
        }
        return String.join(", ", texts);
    }

    private static String dependencies(Release release) {
        List<String> texts = new ArrayList<>();
        for (Dependency dependency : release.dependencies()) {
            texts.add(
                    dependency.id()
                            + " "
                            + dependency.range()
                            + (dependency.optional() ? " (optional)" : ""));
        }
        return String.join(", ", texts);
    }
}

package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Every package that came up so far, read from the catalogue when it is first needed. */
final class Universe implements Solver.Source {
    private static final Comparator<Dependency> ORDER =
            (one, other) -> {
                int order = one.id().compareTo(other.id());
                if (order == 0) {
                    order = one.range().toString().compareTo(other.range().toString());
                }
                return order != 0 ? order : publisher(one).compareTo(publisher(other));
            };

    private final PackageCatalog catalog;
    private final ResolveRequest request;
    private final Map<PackageRef, Node> asked = new HashMap<>();
    private final Map<PackageId, List<Node>> byId = new HashMap<>();
    final List<Node> nodes = new ArrayList<>();
    private int offset;
    private Consumer<Incompatibility> extra = fact -> {};

    Universe(PackageCatalog catalog, ResolveRequest request) {
        this.catalog = catalog;
        this.request = request;
    }

    /** Says where facts go that belong to no version. */
    void onExtra(Consumer<Incompatibility> sink) {
        extra = sink;
    }

    /** Returns dependencies in an order that depends on them alone, each once. */
    static List<Dependency> sorted(List<Dependency> dependencies) {
        List<Dependency> sorted = new ArrayList<>(dependencies);
        if (sorted.size() > 1) {
            sorted.sort(ORDER);
        }
        return sorted;
    }

    /** Returns the node of a package; without candidates when it is unknown. */
    Node node(PackageRef ref) {
        Node known = asked.get(ref);
        if (known != null) {
            return known;
        }
        List<VersionListing> listings = listings(ref);
        PackageRef owned = owned(ref, listings);
        Node node = asked.get(owned);
        if (node == null) {
            node = create(owned, listings);
        }
        asked.put(ref, node);
        asked.put(owned, node);
        return node;
    }

    private List<VersionListing> listings(PackageRef ref) {
        List<VersionListing> listings = new ArrayList<>();
        Set<Version> seen = new HashSet<>();
        for (VersionListing listing : catalog.candidates(ref)) {
            boolean owned =
                    ref.publisher().isEmpty() || ref.publisher().equals(listing.publisher());
            if (owned && seen.add(listing.version())) {
                listings.add(listing);
            }
        }
        return listings;
    }

    /** Returns {@code ref} with the publisher of its listings, if they agree on one. */
    private static PackageRef owned(PackageRef ref, List<VersionListing> listings) {
        if (ref.publisher().isPresent() || listings.isEmpty()) {
            return ref;
        }
        Optional<Did> publisher = listings.getFirst().publisher();
        for (VersionListing listing : listings) {
            if (!listing.publisher().equals(publisher)) {
                return ref;
            }
        }
        return new PackageRef(ref.id(), publisher);
    }

    private static String publisher(Dependency dependency) {
        return dependency.publisher().map(Did::text).orElse("");
    }

    private Node create(PackageRef ref, List<VersionListing> listings) {
        Version locked = request.locked().get(ref);
        listings.sort((one, other) -> {
            int order =
                    Integer.compare(
                            rank(one, one.version().equals(locked)),
                            rank(other, other.version().equals(locked)));
            return order != 0 ? order : other.version().compareTo(one.version());
        });
        boolean preferred = !listings.isEmpty() && listings.getFirst().version().equals(locked);
        Node node = new Node(nodes.size(), offset, ref, List.copyOf(listings), preferred);
        refuse(node);
        enlist(node);
        List<Node> others = byId.computeIfAbsent(ref.id(), id -> new ArrayList<>());
        for (Node other : others) {
            extra.accept(exclusive(List.of(other, node)));
        }
        others.add(node);
        return node;
    }

    /** Returns a node that stands for taking an optional dependency. */
    Node choice(Dependency dependency) {
        Node node =
                Node.choice(
                        nodes.size(),
                        offset,
                        new PackageRef(dependency.id(), dependency.publisher()));
        enlist(node);
        return node;
    }

    private void enlist(Node node) {
        nodes.add(node);
        offset += node.words;
    }

    private static int rank(VersionListing listing, boolean locked) {
        if (locked) {
            return 0;
        }
        return (listing.yanked() ? 3 : 1) + (listing.version().isPreRelease() ? 1 : 0);
    }

    private void refuse(Node node) {
        Map<String, long[]> reasons = new LinkedHashMap<>();
        for (int value = node.locked ? 2 : 1; value < node.values; value++) {
            Optional<String> reason = refusal(node, value);
            if (reason.isPresent()) {
                Bits.add(
                        reasons.computeIfAbsent(reason.get(), text -> new long[node.words]), value);
            }
        }
        reasons.forEach((reason, set) ->
                node.refusals.add(
                        Incompatibility.of(
                                new Cause.Refused(node, reason, reason.equals(YANKED)),
                                node,
                                set)));
    }

    private static final String YANKED = "is yanked";

    private Optional<String> refusal(Node node, int value) {
        VersionListing listing = node.listing(value);
        if (listing.yanked() && !request.yankedAllowed()) {
            return Optional.of(YANKED);
        }
        return request.admission().equals(Admission.EVERYTHING)
                ? Optional.empty()
                : request.admission().refusal(node.refOf(value), listing);
    }

    private static Incompatibility exclusive(List<Node> pair) {
        return new Incompatibility(
                new Cause.OnePublisher(pair.getFirst(), pair.getLast()),
                pair,
                List.of(taken(pair.getFirst()), taken(pair.getLast())));
    }

    private static long[] taken(Node node) {
        return Bits.minus(node.all(), node.only(Node.ABSENT));
    }

    @Override
    public List<Incompatibility> factsOf(Node node, int value) {
        List<Incompatibility> known = node.facts[value];
        if (known != null) {
            return known;
        }
        List<Incompatibility> facts = new ArrayList<>();
        List<Dependency> optional = new ArrayList<>();
        for (Dependency dependency :
                sorted(catalog.dependencies(node.refOf(value), node.version(value)))) {
            if (dependency.optional()) {
                optional.add(dependency);
            } else {
                facts.add(fact(node, value, dependency));
            }
        }
        node.optional[value] = optional;
        node.facts[value] = facts;
        return facts;
    }

    private Incompatibility fact(Node node, int value, Dependency dependency) {
        Node on = node(new PackageRef(dependency.id(), dependency.publisher()));
        Node.Edge edge = new Node.Edge(on, dependency.range());
        Incompatibility known = node.merged.get(edge);
        if (known != null) {
            known.widen(value);
            return known;
        }
        Incompatibility fact = depends(new Cause.Depends(node, dependency, on), node, value);
        node.merged.put(edge, fact);
        return fact;
    }

    private static Incompatibility depends(Cause.Depends cause, Node node, int value) {
        long[] wanted = cause.on().within(cause.dependency().range());
        if (cause.on().equals(node)) {
            return Incompatibility.of(
                    new Cause.Circle(List.of(node), List.of(node.version(value).toString())),
                    node,
                    node.only(value));
        }
        return Bits.isEmpty(wanted)
                ? Incompatibility.of(cause, node, node.only(value))
                : new Incompatibility(
                        cause,
                        List.of(node, cause.on()),
                        List.of(node.only(value), Bits.minus(cause.on().all(), wanted)));
    }

    /** Returns the fact that {@code dependency} is asked for directly. */
    Incompatibility required(Dependency dependency) {
        return required(dependency, node(new PackageRef(dependency.id(), dependency.publisher())));
    }

    /** The same, of a node that is known. */
    static Incompatibility required(Dependency dependency, Node on) {
        return Incompatibility.of(
                new Cause.Required(dependency, on),
                on,
                Bits.minus(on.all(), on.within(dependency.range())));
    }

    /** Returns the fact that {@code choice}, once taken, needs what it stands for. */
    Incompatibility chosen(Node choice, Dependency dependency) {
        Node on = node(new PackageRef(dependency.id(), dependency.publisher()));
        return depends(new Cause.Depends(choice, dependency, on), choice, 1);
    }
}

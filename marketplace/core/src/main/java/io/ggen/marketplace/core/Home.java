package io.ggen.marketplace.core;

import io.ggen.marketplace.model.PackageId;

import java.nio.file.Path;

/** Where everything of one ggen home lies. Pure: it touches no disk. */
public record Home(Path root) {
    /** Returns the configuration file. */
    public Path config() {
        return root.resolve("config.toml");
    }

    /** Returns the folder of publisher keys. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Returns the file registry, unless the configuration names another. */
    public Path registry() {
        return root.resolve("registry");
    }

    /**
     * Returns the folder of globally installed packages, unless the configuration names another.
     */
    public Path packages() {
        return root.resolve("packages");
    }

    /** Returns the content-addressed store. */
    public Path store() {
        return root.resolve("store");
    }

    /** Returns the folder of derived full-text indexes. */
    public Path index() {
        return root.resolve("index");
    }

    /** Returns the folder of lock files. */
    public Path locks() {
        return root.resolve("locks");
    }

    /** Returns the folder of the undo journal. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** Returns the list of records that were imported from other marketplaces. */
    public Path imported() {
        return root.resolve("imported.tsv");
    }

    /** Returns the file of trusted publishers, namespaces and pins. */
    public Path trust() {
        return root.resolve("trust.toml");
    }

    /** Returns the file of denied packages, publishers and contents. */
    public Path deny() {
        return root.resolve("deny.toml");
    }

    /** Returns the folder of records in which a publisher contradicts itself. */
    public Path evidence() {
        return root.resolve("evidence");
    }

    /** Returns the private key of the node, apart from all publisher keys. */
    public Path nodeKey() {
        return root.resolve("p2p").resolve("keypair");
    }

    /** Returns the node's database: peers, reputation, DHT records, providers, catalogue. */
    public Path nodeDatabase() {
        return root.resolve("p2p").resolve("node.db");
    }

    /** Returns the file that says where the API of the running node is, and its token. */
    public Path nodeApi() {
        return root.resolve("p2p").resolve("api");
    }

    /** Returns what a node in the background writes. */
    public Path nodeLog() {
        return root.resolve("p2p").resolve("node.log");
    }

    /**
     * Returns the lock of the running node: its holder alone writes the node's database and the
     * catalogue.
     */
    public Path nodeLock() {
        return locks().resolve("node");
    }

    /** Returns the folder of {@code id} below {@code base}. */
    public static Path folder(Path base, PackageId id) {
        return base.resolve(id.folder());
    }
}

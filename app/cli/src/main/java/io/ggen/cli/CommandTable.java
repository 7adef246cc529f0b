package io.ggen.cli;

import java.util.ArrayList;
import java.util.List;

/** All commands with one line each, for help and completion. Not loaded by a plain call. */
final class CommandTable {
    /**
     * A row of the overview.
     *
     * @param group the heading it stands under
     * @param name {@code search}, {@code config get}
     * @param summary one line
     */
    record Row(String group, String name, String summary) {}

    private static final String FIND = "Find and use packages";
    private static final String PROJECT = "Look after a project";
    private static final String AUTHOR = "Publish your own";
    private static final String TRUST = "Keys and trust";
    private static final String CARE = "Keep it healthy";
    private static final String NETWORK = "Peer to peer";

    /** All commands in the order of the overview. */
    static final List<Row> ROWS =
            List.of(
                    new Row(FIND, "search", "find packages by words, categories and tags"),
                    new Row(FIND, "info", "show everything about a package"),
                    new Row(FIND, "install", "install packages with their dependencies"),
                    new Row(FIND, "list", "list what is installed"),
                    new Row(FIND, "update", "take newer versions within the ranges asked for"),
                    new Row(FIND, "undo", "take back the last install, add, update or remove"),
                    new Row(PROJECT, "init", "begin a project: writes ggen.toml"),
                    new Row(PROJECT, "add", "add a dependency to the project and install it"),
                    new Row(PROJECT, "remove", "remove a dependency"),
                    new Row(PROJECT, "outdated", "list installed packages with newer versions"),
                    new Row(PROJECT, "tree", "show the tree of dependencies"),
                    new Row(PROJECT, "why", "show why a package is installed"),
                    new Row(AUTHOR, "publish", "check, sign and publish package directories"),
                    new Row(AUTHOR, "yank", "say that a version should not be newly chosen"),
                    new Row(AUTHOR, "deprecate", "advise against a package (not there yet)"),
                    new Row(AUTHOR, "unpublish", "remove a version from the file registry"),
                    new Row(AUTHOR, "import", "take packages from foreign indexes and folders"),
                    new Row(AUTHOR, "mirror", "copy packages between registries"),
                    new Row(TRUST, "key list", "list your publisher keys"),
                    new Row(TRUST, "key new", "make a publisher key"),
                    new Row(TRUST, "key export", "print a key, to keep it safe elsewhere"),
                    new Row(TRUST, "key import", "take over a key that was exported"),
                    new Row(TRUST, "key rotate", "replace a key (not there yet)"),
                    new Row(TRUST, "trust list", "list trusted publishers and pins"),
                    new Row(TRUST, "trust add", "trust a publisher, for a namespace or at all"),
                    new Row(TRUST, "trust remove", "trust a publisher, namespace or pin no more"),
                    new Row(TRUST, "trust pin", "bind a package id to a publisher"),
                    new Row(CARE, "verify", "check what is installed against hashes and keys"),
                    new Row(CARE, "audit", "check against lists of known faults (not there yet)"),
                    new Row(CARE, "sbom", "print a bill of materials (not there yet)"),
                    new Row(CARE, "clean", "free caches"),
                    new Row(CARE, "config get", "print a setting"),
                    new Row(CARE, "config set", "change a setting, keeping comments"),
                    new Row(CARE, "config list", "list all settings"),
                    new Row(CARE, "doctor", "check this installation and say how to mend it"),
                    new Row(CARE, "completion", "print a completion script for your shell"),
                    new Row(CARE, "quickstart", "show the main job in a temporary home"),
                    new Row(CARE, "help", "show the page of a command"),
                    new Row(NETWORK, "p2p start", "start a node"),
                    new Row(NETWORK, "p2p stop", "stop the running node"),
                    new Row(NETWORK, "p2p status", "show the running node"),
                    new Row(NETWORK, "p2p top", "watch the running node"),
                    new Row(NETWORK, "p2p publish", "publish to the network"),
                    new Row(NETWORK, "p2p search", "search the network"),
                    new Row(NETWORK, "p2p pin", "keep and serve a package"),
                    new Row(NETWORK, "p2p unpin", "keep a package no longer"),
                    new Row(NETWORK, "p2p gc", "free what nothing holds"),
                    new Row(NETWORK, "p2p peer-list", "list peers"),
                    new Row(NETWORK, "p2p peer-info", "show one peer"),
                    new Row(NETWORK, "p2p bootstrap", "join through known nodes"),
                    new Row(NETWORK, "p2p providers", "list who holds a package"),
                    new Row(NETWORK, "p2p ban", "refuse a peer"),
                    new Row(NETWORK, "p2p unban", "accept a peer again"));

    private CommandTable() {}

    /** Returns the names of all commands. */
    static List<String> names() {
        List<String> names = new ArrayList<>(ROWS.size());
        for (Row row : ROWS) {
            names.add(row.name());
        }
        return names;
    }

    /** Returns one line about the command. */
    static String summary(String name) {
        for (Row row : ROWS) {
            if (row.name().equals(name)) {
                return row.summary();
            }
        }
        return "";
    }
}

package io.ggen.reliability;

import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.node.P2pNode;
import io.ggen.marketplace.p2p.node.Standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that is killed: {@code NodeVictim ROOT node|guest NUMBER ADDRESS}. The node publishes,
 * installs, pins what the node at the address publishes, cleans, updates and undoes; it says what
 * is done, line by line. The guest is a command in a loop: it installs over the network through a
 * short-lived node and undoes. Both look at everything first, and mend nothing, then say "ready".
 */
final class NodeVictim {
    private static final PackageRef FOREIGN = PackageRef.of(new PackageId("foreign"));

    private NodeVictim() {}

    public static void main(String... arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        if (arguments[1].equals("node")) {
            node(root, Integer.parseInt(arguments[2]), arguments[3]);
        } else {
            guest(root, arguments[3]);
        }
    }

    private static void node(Path root, int number, String friend) throws IOException {
        P2pNode node = TestNode.start(root.resolve("home"), Standing.HOME, friend);
        World world = new World(root, node.registry());
        Victim.recover(world);
        check(node, acknowledged(root.resolve("acknowledged")));
        System.out.println("ready");
        for (int round = 0; ; round++) {
            String version = "1." + number + "." + round;
            world.write(version);
            world.publish();
            System.out.println("published " + version);
            world.install();
            PinnedPackage pinned = node.pin(FOREIGN, Optional.empty());
            System.out.println("pinned " + pinned.version());
            node.collect();
            world.update();
            world.undo();
            Soundness.checkProject(world.project());
        }
    }

    private static List<String> acknowledged(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Fails unless everything that an earlier process said is still so. */
    static void check(P2pNode node, List<String> acknowledged) {
        List<PinnedPackage> pins = node.pins();
        for (String line : acknowledged) {
            Version version = Version.parse(line.substring(line.indexOf(' ') + 1));
            boolean kept =
                    line.startsWith("pinned ")
                            ? pins.stream().anyMatch(it -> it.version().equals(version))
                            : knows(node, "leaf-pack", version) && knows(node, "app-pack", version);
            if (!kept) {
                throw new AssertionError("lost: " + line);
            }
        }
    }

    private static boolean knows(P2pNode node, String id, Version version) {
        return node.registry()
                .getPackageVersion(PackageRef.of(new PackageId(id)), version)
                .isPresent();
    }

    private static void guest(Path root, String keeper) {
        while (true) {
            try (P2pNode passing = TestNode.start(root.resolve("home"), Standing.PASSING, keeper)) {
                World world = new World(root, passing.registry());
                world.writeProject();
                world.install();
                Soundness.checkProject(world.project());
                if (!world.wrong().isEmpty()) {
                    throw new AssertionError("verify finds " + world.wrong());
                }
                System.out.println("ready");
                world.update();
                world.undo();
            }
        }
    }
}

package io.ggen.reliability;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that works on a world until it is killed, or once: {@code Victim ROOT forever|once
 * NUMBER}. It looks whether everything is whole before it begins, says "ready", then publishes,
 * installs, updates and undoes.
 */
final class Victim {
    private Victim() {}

    public static void main(String... arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        int number = Integer.parseInt(arguments[2]);
        if (arguments[1].equals("once")) {
            once(new World(root, "project" + number));
        } else {
            forever(new World(root, "project"), number);
        }
    }

    private static void once(World world) {
        world.writeProject();
        world.install();
        Soundness.checkProject(world.project());
    }

    private static void forever(World world, int number) {
        recover(world);
        System.out.println("ready");
        for (int round = 0; ; round++) {
            world.write("1." + number + "." + round);
            world.publish();
            world.install();
            world.update();
            world.undo();
            Soundness.checkProject(world.project());
        }
    }

    /** The next command after a kill: nothing else is done to mend. */
    static void recover(World world) {
        if (!Files.exists(world.project().resolve("ggen.toml"))) {
            world.write("1.0.0");
            world.publish();
            world.writeProject();
        }
        world.install();
        Soundness.checkProject(world.project());
        if (!world.wrong().isEmpty()) {
            throw new AssertionError("verify finds " + world.wrong());
        }
        world.withRegistry(registry -> {
            Soundness.checkRegistry(registry);
            return 0;
        });
    }
}

package io.ggen.marketplace.core.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A program that changes one project over and over until it is killed, or a given number of times.
 */
final class RestlessProcess {
    private RestlessProcess() {}

    /** Starts with a folder and how many rounds to make; says {@code ready} before the first. */
    public static void main(String[] arguments) throws IOException {
        try (var shop = new Workshop(Path.of(arguments[0]))) {
            shop.settings =
                    shop.settings.withPatience(io.ggen.base.ProcessLock.Patience.standard());
            stock(shop);
            System.out.println("ready");
            System.out.flush();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                round(shop, i);
            }
        }
    }

    static void stock(Workshop shop) {
        shop.publish("leaf", "1.0.0");
        shop.publish("mid", "1.0.0", "leaf@^1.0.0");
        shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0", "mid@*");
        shop.publish("leaf", "1.1.0");
    }

    private static void round(Workshop shop, int i) throws IOException {
        switch (i % 5) {
            case 0 -> shop.add("acme/ui");
            case 1 -> shop.add("leaf@1.0.0");
            case 2 -> shop.installer().undo(shop.inProject(), Set.of());
            case 3 -> shop.installer().remove(shop.change("acme/ui"));
            default -> new Cleaning(shop.environment()).run(false);
        }
    }

    /** Starts this program in a process of its own. */
    static Process start(Path folder, int rounds) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String nativeLibraries = System.getProperty("org.sqlite.lib.path", "");
        return new ProcessBuilder(
                        List.of(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dorg.sqlite.lib.path=" + nativeLibraries,
                                "-cp",
                                System.getProperty("java.class.path"),
                                RestlessProcess.class.getName(),
                                folder.toString(),
                                Integer.toString(rounds)))
                .redirectError(folder.resolve("errors").toFile())
                .start();
    }
}

package io.ggen.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** Starts {@link Victim}s as processes of their own. */
final class Processes {
    private Processes() {}

    static Process start(Path root, String mode, int number, Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", path()),
                        Victim.class.getName(),
                        root.toString(),
                        mode,
                        Integer.toString(number));
        return new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    }

    private static String path() {
        return System.getProperty("java.class.path", "." + File.pathSeparator);
    }
}

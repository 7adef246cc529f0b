package io.ggen.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link Victim}s as processes of their own. */
final class Processes {
    private Processes() {}

    static Process start(Path root, String mode, int number, Path log) throws IOException {
        return start(log, Victim.class, root.toString(), mode, Integer.toString(number));
    }

    static Process start(Path log, Class<?> program, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", path()),
                        program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    }

    private static String path() {
        return System.getProperty("java.class.path", "." + File.pathSeparator);
    }
}

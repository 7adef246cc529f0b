package io.ggen.cli;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the main job: the very command lines that a user types, in a home that is gone then. */
final class QuickstartCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "Publishes the example packs, finds one, installs it with its dependencies into a\n"
                        + "project and verifies it, in temporary homes: with the network, of three"
                        + " nodes on\n"
                        + "loopback that know nothing of each other's files. Nothing is left"
                        + " behind.",
                List.of(
                        new Usage.Example("quickstart", "a few seconds"),
                        new Usage.Example(
                                "quickstart --json", "the time of each step, for programs")));
    }

    /** A command line that was run. */
    private record Step(String line, int status, long elapsedMs) {}

    @Override
    public int run(Call call) {
        Path packs = packs(call);
        Path folder = temporary();
        Thread cleaner = new Thread(() -> delete(folder), "quickstart-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            List<Step> steps =
                    Opening.hasNetwork()
                            ? playOnNetwork(call, packs, folder)
                            : play(call, packs, folder);
            int status = steps.getLast().status();
            if (call.console().json()) {
                call.console().data(json(call, steps));
            } else if (status == 0) {
                finish(call, steps);
            }
            return status;
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaner);
            delete(folder);
        }
    }

    private static Path packs(Call call) {
        Path packs = call.path(call.around().variable("GGEN_DIST").orElse(".") + "/examples/packs");
        if (!Files.isDirectory(packs)) {
            throw new MarketplaceException(
                    ErrorCode.STORAGE,
                    "the example packs are not at " + packs,
                    "run quickstart through the launcher `ggen` of the checkout");
        }
        return packs;
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("ggen-quickstart-");
            Files.createDirectory(folder.resolve("project"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    /** One step: who does what, where. */
    private record Line(String who, List<String> words) {}

    private static List<Step> play(Call call, Path packs, Path folder) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("", publish("publish", packs)));
        for (List<String> words : use()) {
            lines.add(new Line("", words));
        }
        return play(call, lines, folder);
    }

    private static List<String> publish(String command, Path packs) {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.addAll(folders(packs));
        return words;
    }

    private static List<List<String>> use() {
        return List.of(
                List.of("search", "rest", "api"),
                List.of("init", "demo"),
                List.of("install", "shop-api"),
                List.of("tree"),
                List.of("verify"));
    }

    /** The author publishes, the developer finds and installs, and the third one sees both. */
    private static List<Step> playOnNetwork(Call call, Path packs, Path folder) {
        try (QuickstartNodes nodes =
                new QuickstartNodes(call.session().networkProvider(), folder)) {
            long began = call.around().clock().millis();
            for (String name : List.of("author", "developer", "witness")) {
                nodes.start(name, call.around().clock());
            }
            Step start = new Step("ggen m p2p start", 0, call.around().clock().millis() - began);
            show(call.console(), start, "three nodes on loopback: author, developer, witness\n");
            List<Step> steps = new ArrayList<>(List.of(start));
            List<String> publish = publish("p2p publish", packs);
            steps.addAll(play(call, List.of(new Line("author", publish)), folder));
            if (steps.getLast().status() == 0) {
                nodes.awaitReleases(publish.size() - 2L);
                List<Line> rest = new ArrayList<>();
                use().forEach(words -> rest.add(new Line("developer", words)));
                rest.add(new Line("witness", List.of("p2p", "providers", "shop-api")));
                steps.addAll(play(call, rest, folder));
            }
            return steps;
        }
    }

    private static List<Step> play(Call call, List<Line> lines, Path folder) {
        List<Step> steps = new ArrayList<>();
        for (Line line : lines) {
            Step step = run(call, line, folder, folder.resolve("project"));
            steps.add(step);
            if (step.status() != 0) {
                break;
            }
        }
        return steps;
    }

    private static List<String> folders(Path packs) {
        List<String> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(packs, Files::isDirectory)) {
            all.forEach(pack -> folders.add(pack.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + packs, e);
        }
        folders.sort(null);
        return folders;
    }

    private static Step run(Call call, Line line, Path folder, Path project) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Map<String, String> variables = new HashMap<>(call.around().variables());
        variables.keySet().removeIf(name -> name.startsWith("GGEN_") || name.equals("P2P_ENABLED"));
        variables.put("HOME", folder.resolve(line.who()).toString());
        Surroundings around =
                new Surroundings(
                        variables,
                        project,
                        new Surroundings.Streams(InputStream.nullInputStream(), said, said),
                        Surroundings.Terminal.none(),
                        call.around().clock());
        long began = call.around().clock().millis();
        int status = Main.run(line.words(), around);
        Step step = new Step(shown(line), status, call.around().clock().millis() - began);
        show(call.console(), step, said.toString(StandardCharsets.UTF_8));
        return step;
    }

    private static String shown(Line line) {
        List<String> words = line.words();
        int at = words.indexOf("publish");
        String command =
                at < 0
                        ? String.join(" ", words)
                        : String.join(" ", words.subList(0, at + 1)) + " examples/packs/*";
        return "ggen m " + command + (line.who().isEmpty() ? "" : "   # " + line.who());
    }

    private static void show(Console console, Step step, String said) {
        Text text = console.text();
        text.cyan("$ ").bold(step.line()).dim("   " + step.elapsedMs() + " ms").line();
        for (String line : said.split("\n", -1)) {
            text.add(line.isEmpty() ? "" : "  " + line).line();
        }
        console.print(text);
    }

    private static void finish(Call call, List<Step> steps) {
        long sum = 0;
        for (Step step : steps) {
            sum += step.elapsedMs();
        }
        Text text = call.console().text().green("All of it took " + sum + " ms. ");
        text.add("The homes were temporary and are gone; yours is " + call.home().root() + ".")
                .line();
        Optional<Path> dist = call.around().variable("GGEN_DIST").map(call::path);
        if (dist.flatMap(Checkout::around).isPresent()) {
            text.add("To call it ggen from anywhere, in this folder:").line();
            text.add("  ln -s \"$PWD/ggen\" ~/.local/bin/").line();
        }
        text.add("Next:").line().add("  ggen m publish examples/packs/*").line();
        text.add("  ggen m --help").line();
        call.console().print(text);
    }

    private static String json(Call call, List<Step> steps) {
        return call.json()
                .list(
                        "steps",
                        steps,
                        (out, step) ->
                                out.field("command", step.line())
                                        .field("status", step.status())
                                        .field("elapsedMs", step.elapsedMs()))
                .done();
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    /** Removes files and folders; links are removed, never followed. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}

package io.ggen.architecture;

import java.util.List;
import java.util.Map;

/** Which modules and which libraries each module may know. */
final class Rooms {
    private static final String BASE = "base";
    private static final String MULTIFORMATS = "multiformats";
    private static final String CONTENT = "content";
    private static final String MODEL = "marketplace/model";
    private static final String CORE = "marketplace/core";
    private static final String HOST = "libp2p/core";

    private static final Map<String, List<String>> KNOWS =
            Map.of(
                    BASE,
                    List.of(),
                    "quality/testkit",
                    List.of(BASE),
                    MULTIFORMATS,
                    List.of(BASE),
                    CONTENT,
                    List.of(BASE, MULTIFORMATS),
                    MODEL,
                    List.of(BASE, MULTIFORMATS),
                    CORE,
                    List.of(BASE, MULTIFORMATS, CONTENT, MODEL),
                    "app/cli",
                    List.of(BASE, MULTIFORMATS, MODEL, CORE));

    private Rooms() {}

    /** Returns whether code of {@code module} may use code of {@code other}. */
    static boolean mayKnow(String module, String other) {
        return module.equals(other) || other.isEmpty() || known(module).contains(other);
    }

    private static List<String> known(String module) {
        List<String> fixed = KNOWS.get(module);
        if (fixed != null) {
            return fixed;
        }
        if (module.equals(HOST)) {
            return List.of(BASE, MULTIFORMATS);
        }
        if (module.startsWith("libp2p/")) {
            return List.of(BASE, MULTIFORMATS, CONTENT, HOST);
        }
        if (module.equals("marketplace/registry-file")) {
            return List.of(BASE, MULTIFORMATS, CONTENT, MODEL, CORE);
        }
        throw new IllegalStateException("no rule says what module " + module + " may know");
    }

    /** Returns whether the rules say nothing about {@code module}: it wires others together. */
    static boolean isWiring(String module) {
        return module.equals("app/dist")
                || module.equals("app/node")
                || module.equals("marketplace/registry-p2p");
    }
}

package io.ggen.cli;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.List;

/** A command that this program does not have: says so in one sentence. */
final class AbsentCommand implements Command {
    private final String name;

    AbsentCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return new Usage("[WORD…]", Usage.MANY, List.of(), message() + ".", List.of());
    }

    @Override
    public int run(Call call) {
        throw error();
    }

    /** Returns what to say, whatever options and words were given. */
    MarketplaceException error() {
        return new MarketplaceException(code(name), message(), hint());
    }

    private static ErrorCode code(String name) {
        return isPeerToPeer(name) ? ErrorCode.NETWORK : ErrorCode.USAGE;
    }

    /** Returns whether a command needs the network. */
    static boolean isPeerToPeer(String name) {
        return name.equals("p2p") || name.startsWith("p2p ");
    }

    private String message() {
        return isPeerToPeer(name)
                ? "`" + name + "` needs the peer-to-peer part, whose jars this ggen is without"
                : "`" + name + "` is not there yet in version " + Version.TEXT;
    }

    private String hint() {
        return switch (name) {
            case "audit" -> "`ggen m verify` checks what is installed against hashes and keys";
            case "sbom" ->
                    "`ggen m list --json` has every package with version, hash and publisher";
            case "key rotate" -> "keep the key you have safe: `ggen m key export` prints it";
            case "deprecate" ->
                    "`ggen m yank ID@VERSION --reason TEXT` keeps a version from being newly"
                            + " chosen";
            default ->
                    "get a distribution with it: `mvn -DskipTests -pl app/dist -am package` in the"
                            + " checkout makes one (without -Dggen.files); or share a folder with"
                            + " --registry DIR";
        };
    }
}

package io.ggen.cli;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Finds the command of a name; no other command's class is loaded. */
final class Commands {
    private Commands() {}

    /** Returns whether {@code name} is the first word of several commands. */
    static boolean isGroup(String name) {
        return switch (name) {
            case "config", "key", "trust", "p2p" -> true;
            default -> false;
        };
    }

    static Optional<Command> find(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "help" -> new HelpCommand();
                    case CompleteCommand.NAME -> new CompleteCommand();
                    case "completion" -> new CompletionCommand();
                    case "search" -> new SearchCommand();
                    case "info" -> new InfoCommand();
                    case "config get" -> new ConfigGetCommand();
                    case "config set" -> new ConfigSetCommand();
                    case "config list" -> new ConfigListCommand();
                    case "install" -> new InstallCommand(false);
                    case "add" -> new InstallCommand(true);
                    case "remove" -> new RemoveCommand();
                    case "update" -> new UpdateCommand();
                    case "undo" -> new UndoCommand();
                    case "list" -> new ListCommand();
                    case "outdated" -> new OutdatedCommand();
                    case "tree" -> new TreeCommand();
                    case "why" -> new WhyCommand();
                    case "verify" -> new VerifyCommand();
                    case "clean" -> new CleanCommand();
                    case "doctor" -> new DoctorCommand();
                    case "quickstart" -> new QuickstartCommand();
                    case "publish" -> new PublishCommand();
                    case "import" -> new ImportCommand();
                    case "mirror" -> new MirrorCommand();
                    case "yank" -> new YankCommand();
                    case "unpublish" -> new UnpublishCommand();
                    case "init" -> new InitCommand();
                    case "key list" -> new KeyListCommand();
                    case "key new" -> new KeyNewCommand();
                    case "key export" -> new KeyExportCommand();
                    case "key import" -> new KeyImportCommand();
                    case "trust list" -> new TrustListCommand();
                    case "trust add" -> new TrustAddCommand();
                    case "trust remove" -> new TrustRemoveCommand();
                    case "trust pin" -> new TrustPinCommand();
                    case "config", "key", "trust", "p2p" -> new GroupCommand(name);
                    case "p2p start" -> new P2pStartCommand();
                    case "p2p stop" -> new P2pStopCommand();
                    case "p2p status" -> new P2pStatusCommand();
                    case "p2p top" -> new P2pTopCommand();
                    case "p2p publish" -> new P2pPublishCommand();
                    case "p2p search" -> new P2pSearchCommand();
                    case "p2p pin" -> new P2pPinCommand();
                    case "p2p unpin" -> new P2pUnpinCommand();
                    case "p2p gc" -> new P2pGcCommand();
                    case "p2p peer-list" -> new P2pPeerListCommand();
                    case "p2p peer-info" -> new P2pPeerInfoCommand();
                    case "p2p bootstrap" -> new P2pBootstrapCommand();
                    case "p2p providers" -> new P2pProvidersCommand();
                    case "p2p ban" -> new P2pBanCommand();
                    case "p2p unban" -> new P2pUnbanCommand();
                    default -> absent(name);
                });
    }

    private static @Nullable Command absent(String name) {
        return CommandTable.names().contains(name) ? new AbsentCommand(name) : null;
    }
}

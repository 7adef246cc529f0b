package io.ggen.cli;

import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.install.Inspection;
import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers the completion scripts: names of a kind that begin with a prefix, one a line. Hidden from
 * help; uses no network and never complains.
 */
final class CompleteCommand implements Command {
    /** How the scripts call it. */
    static final String NAME = "__complete";

    private static final int MOST = 1_000;

    @Override
    public Usage usage() {
        return new Usage("KIND [PREFIX]", 2, List.of(), "", List.of());
    }

    @Override
    public int run(Call call) {
        String prefix = call.words().size() > 1 ? call.words().get(1) : "";
        StringBuilder lines = new StringBuilder();
        for (String name : names(call, prefix)) {
            if (name.startsWith(prefix)) {
                lines.append(name).append('\n');
            }
        }
        call.console().data(lines.toString());
        return 0;
    }

    private static List<String> names(Call call, String prefix) {
        try {
            return switch (call.words().getFirst()) {
                case "packages" -> packages(call, prefix);
                case "installed" -> installed(call);
                case "settings" -> List.copyOf(SettingKey.all().keySet());
                case "keys" -> keys(call);
                default -> List.of();
            };
        } catch (MarketplaceException | UncheckedIOException e) {
            // Whoever presses a key for completion asked for names, not for an error.
            return List.of();
        }
    }

    private static List<String> packages(Call call, String prefix) {
        List<String> names = new ArrayList<>();
        for (PackageId id : call.session().registry().beginning(prefix, MOST)) {
            names.add(id.text());
        }
        return names;
    }

    private static List<String> installed(Call call) {
        List<String> names = new ArrayList<>();
        for (Inspection.Item item : Places.inspection(call).list()) {
            names.add(item.id().text());
        }
        return names;
    }

    private static List<String> keys(Call call) {
        List<String> names = new ArrayList<>();
        for (KeyInfo key : call.session().keys().list()) {
            names.add(key.name());
        }
        return names;
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.install.Flag;
import io.ggen.marketplace.core.install.Inspection;
import io.ggen.marketplace.core.install.InstallPlace;
import io.ggen.marketplace.core.session.Session;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Where a command changes or reads what is installed, and how. */
final class Places {
    static final Option TARGET =
            Option.value("--target", "DIR", "a folder of its own, with its own lockfile");
    static final Option GLOBAL = Option.flag("--global", "the packages of the home").letter("-g");
    static final Option DRY_RUN = Option.flag("--dry-run", "show what would happen; write nothing");
    static final Option FORCE = Option.flag("--force", "put everything in place anew");
    static final Option NO_DEPENDENCIES =
            Option.flag("--no-dependencies", "only what is asked for itself");
    static final Option LOCKED =
            Option.flag("--locked", "a lockfile that does not fit is an error");
    static final Option FROZEN =
            Option.flag("--frozen", "the lockfile as it is; ggen.toml is not read");
    static final Option ALLOW_UNSIGNED =
            Option.flag("--allow-unsigned", "take unsigned packages of local registries");
    static final Option ALLOW_YANKED = Option.flag("--allow-yanked", "take yanked versions too");
    static final Option ALLOW_DENIED =
            Option.flag("--allow-denied", "take packages that a deny-list names");

    private Places() {}

    /** Returns the place: {@code --target}, {@code --global}, the project, else the home. */
    static InstallPlace of(Call call) {
        Optional<String> target = call.value(TARGET.name());
        if (target.isPresent()) {
            return InstallPlace.target(call.path(target.get()));
        }
        Optional<Path> project =
                call.has(GLOBAL.name())
                        ? Optional.empty()
                        : Session.manifest(call.around().directory()).map(Path::getParent);
        return project.isPresent()
                ? InstallPlace.project(project.get())
                : InstallPlace.global(call.session().settings().packagesPath());
    }

    /** Returns the place for a command that belongs to a project. */
    static InstallPlace ofProject(Call call) {
        InstallPlace place = of(call);
        boolean meant = call.has(GLOBAL.name()) || call.value(TARGET.name()).isPresent();
        if (place.kind() == InstallPlace.Kind.GLOBAL && !meant) {
            throw Arguments.usage(
                    "there is no project here: no ggen.toml in this folder or above",
                    "`ggen m init` begins one; --global means the packages of the home");
        }
        return place;
    }

    /** Returns what tells of the packages of the place that the call means. */
    static Inspection inspection(Call call) {
        return new Inspection(call.session().installing(), of(call));
    }

    /** Says on standard error where nothing is installed. */
    static void sayWhenEmpty(Call call, boolean empty) {
        if (empty) {
            call.console().note("nothing is installed in " + of(call).packages());
        }
    }

    /** Returns the flags that were given. */
    static Set<Flag> flags(Call call) {
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        put(flags, call, DRY_RUN, Flag.DRY_RUN);
        put(flags, call, FORCE, Flag.FORCE);
        put(flags, call, NO_DEPENDENCIES, Flag.NO_DEPENDENCIES);
        put(flags, call, LOCKED, Flag.LOCKED);
        put(flags, call, FROZEN, Flag.FROZEN);
        put(flags, call, ALLOW_UNSIGNED, Flag.ALLOW_UNSIGNED);
        put(flags, call, ALLOW_YANKED, Flag.ALLOW_YANKED);
        put(flags, call, ALLOW_DENIED, Flag.ALLOW_DENIED);
        if (call.session().offline()) {
            flags.add(Flag.OFFLINE);
        }
        return flags;
    }

    private static void put(EnumSet<Flag> flags, Call call, Option option, Flag flag) {
        if (call.has(option.name())) {
            flags.add(flag);
        }
    }
}

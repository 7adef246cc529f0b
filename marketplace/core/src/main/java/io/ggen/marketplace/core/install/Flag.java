package io.ggen.marketplace.core.install;

/** How an operation may or must not go about its work. */
public enum Flag {
    /** A lockfile that does not fit the manifest is an error. */
    LOCKED,
    /** The lockfile is taken as it is; the manifest is not read. */
    FROZEN,
    /** Nothing but the store and a registry on this machine is asked. */
    OFFLINE,
    /** Nothing is written. */
    DRY_RUN,
    /** Everything is put in place anew, whatever stands there. */
    FORCE,
    /** Only what is asked for directly. */
    NO_DEPENDENCIES,
    /** Unsigned packages of a registry on this machine are taken. */
    ALLOW_UNSIGNED,
    /** Yanked versions may be newly chosen. */
    ALLOW_YANKED,
    /** Packages on a deny-list are taken. */
    ALLOW_DENIED
}

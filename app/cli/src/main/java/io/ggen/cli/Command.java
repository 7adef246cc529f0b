package io.ggen.cli;

/** One command. Made anew for each call, and only when it is called or shown. */
interface Command {
    /** Returns how it is used. */
    Usage usage();

    /** Does the work and returns the exit status; failures are thrown. */
    int run(Call call);
}

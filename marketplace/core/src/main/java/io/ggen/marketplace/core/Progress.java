package io.ggen.marketplace.core;

/** Hears how long work goes on. Thread-safe; calls return at once. */
public interface Progress {
    /** Begins a piece of work of {@code total} units, or of an unknown number when 0 is given. */
    Task start(String label, long total);

    /**
     * Says something that happened and that the user should know: a fallback, a wait, a warning.
     */
    void say(String message);

    /** One piece of work under way; closed when it is over. */
    interface Task extends AutoCloseable {
        /** Adds {@code amount} units done. */
        void advance(long amount);

        @Override
        void close();
    }

    /** Returns a listener that shows nothing. */
    static Progress silent() {
        return Silent.INSTANCE;
    }

    /** Shows nothing. */
    enum Silent implements Progress, Task {
        /** The only one. */
        INSTANCE;

        @Override
        public Task start(String label, long total) {
            return this;
        }

        @Override
        public void say(String message) {
            // nobody listens
        }

        @Override
        public void advance(long amount) {
            // nobody listens
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}

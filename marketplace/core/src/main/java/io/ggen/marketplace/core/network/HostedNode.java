package io.ggen.marketplace.core.network;

/** A node that runs in this process and answers through its API. Thread-safe. */
public interface HostedNode extends AutoCloseable {
    /** Returns how the node is, and where its API is. */
    NodeStatus status();

    /** Returns the node itself. */
    Network network();

    /** Waits until somebody asks the node to end, or the thread is interrupted. */
    void awaitStop() throws InterruptedException;

    /** Ends API and node and keeps all state. Never fails; a second call does nothing. */
    @Override
    void close();
}

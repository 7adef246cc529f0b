package io.ggen.marketplace.core.keys;

import io.ggen.base.DurableFiles;
import io.ggen.base.ProcessLock;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The records that one key signs in one home, each naming the one before it. Held by one writer at
 * a time; not thread-safe.
 *
 * <p>A record is on the disk before {@link #append} returns it, so that its sequence is never used
 * twice, and stays there until it is {@linkplain #acknowledge acknowledged}: after a failure the
 * same envelope is sent again.
 */
public final class Chain implements AutoCloseable {
    private final Path file;
    private final SigningKey key;
    private final ProcessLock lock;
    private ChainState state;
    private boolean changed;

    private Chain(Path file, SigningKey key, ProcessLock lock, ChainState state) {
        this.file = file;
        this.key = key;
        this.lock = lock;
        this.state = state;
    }

    static Chain open(Path file, SigningKey key, ProcessLock lock) throws IOException {
        return new Chain(file, key, lock, ChainState.read(file, key.did()));
    }

    /** Returns whose records these are. */
    public SigningKey key() {
        return key;
    }

    /** Returns the 16 hexadecimal digits that name this chain; changed by {@link #observe}. */
    public String id() {
        return state.chain();
    }

    /**
     * Signs one record in the next place of the chain.
     *
     * @param seal makes the envelope of the record with the given origin
     */
    public Envelope append(Function<Origin, Envelope> seal) {
        return appendAll(List.of(seal)).getFirst();
    }

    /**
     * Signs several records in the next places of the chain; durable, with one write, when it
     * returns. When one of them cannot be made none is.
     */
    public List<Envelope> appendAll(List<Function<Origin, Envelope>> seals) {
        List<Envelope> sealed = new ArrayList<>();
        ChainState next = state;
        for (Function<Origin, Envelope> seal : seals) {
            Envelope envelope = seal.apply(next.nextOrigin(key.did()));
            next = next.with(envelope);
            sealed.add(envelope);
        }
        try {
            DurableFiles.writeSecret(file, next.encode(key.did()));
        } catch (IOException e) {
            throw unwritable(e);
        }
        state = next;
        changed = false;
        return sealed;
    }

    /** Returns the records that no registry is known to hold yet, in order. */
    public List<Envelope> pending() {
        return state.pending();
    }

    /** Returns the release of {@code id} and {@code version} that waits to be sent again. */
    public Optional<Envelope> pending(PackageId id, Version version) {
        for (Envelope envelope : state.pending()) {
            if (speaksOf(envelope, id, version)) {
                return Optional.of(envelope);
            }
        }
        return Optional.empty();
    }

    private static boolean speaksOf(Envelope envelope, PackageId id, Version version) {
        if (!envelope.payloadType().equals(Envelope.RELEASE)) {
            return false;
        }
        var release = ReleaseCodec.decode(envelope.payload());
        return release.id().equals(id) && release.version().equals(version);
    }

    /** Notes that a registry holds the record, or that it will never be sent. */
    public void acknowledge(Sha256 recordId) {
        ChainState next = state.without(recordId);
        changed |= next.pending().size() != state.pending().size();
        state = next;
    }

    /**
     * Takes note of a record of this key that a registry knows. Where it stands in this very chain
     * beyond the last one known here, this home was restored or copied, and a new chain begins.
     */
    public void observe(Origin known) {
        if (known.publisher().equals(key.did())
                && known.chain().equals(state.chain())
                && known.sequence() > state.sequence()) {
            state = ChainState.begin().withPending(state.pending());
        }
    }

    /**
     * Takes note of how far a registry knows this very chain: beyond what is known here, this home
     * was restored or copied, and a new chain begins.
     */
    public void observe(long sequence) {
        if (sequence > state.sequence()) {
            state = ChainState.begin().withPending(state.pending());
        }
    }

    /** Writes what was acknowledged, and lets the next writer in. */
    @Override
    public void close() {
        try {
            if (changed) {
                DurableFiles.writeAtomically(file, state.encode(key.did()));
            }
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            lock.close();
        }
    }

    private MarketplaceException unwritable(IOException cause) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "cannot write the chain of the key "
                                + key.name()
                                + ": "
                                + cause.getMessage(),
                        "check that " + file.getParent() + " is yours and has room")
                .causedBy(cause);
    }
}

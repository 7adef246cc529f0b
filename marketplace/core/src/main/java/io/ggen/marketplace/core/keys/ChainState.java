package io.ggen.marketplace.core.keys;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a chain stands: {@code ggen-chain 1 <did> <chain> <sequence> <record id>} in one line, then
 * one line for each envelope that is not acknowledged.
 *
 * @param sequence of the last record; 0 before the first
 * @param last id of the last record; absent before the first
 */
record ChainState(String chain, long sequence, Optional<Sha256> last, List<Envelope> pending) {
    private static final String MAGIC = "ggen-chain 1";
    private static final String NONE = "-";

    ChainState {
        pending = List.copyOf(pending);
    }

    /** Returns a new chain. */
    static ChainState begin() {
        byte[] id = new byte[8];
        new SecureRandom().nextBytes(id);
        return new ChainState(Bytes.wrap(id).hex(), 0, Optional.empty(), List.of());
    }

    /**
     * Reads a chain; a missing, damaged or foreign file is a new one: no sequence is used twice.
     */
    static ChainState read(Path file, Did did) throws IOException {
        try {
            return decode(Files.readString(file), did);
        } catch (NoSuchFileException
                | CharacterCodingException
                | IllegalArgumentException
                | MarketplaceException e) {
            return begin();
        }
    }

    private static ChainState decode(String text, Did did) {
        List<String> lines = text.lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        String[] head = first.split(" ", -1);
        if (head.length != 6 || !first.startsWith(MAGIC + " " + did + " ")) {
            throw new IllegalArgumentException("not a chain of " + did);
        }
        List<Envelope> pending = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            pending.add(EnvelopeCodec.decode(Bytes.utf8(line)));
        }
        Optional<Sha256> last =
                head[5].equals(NONE) ? Optional.empty() : Optional.of(Sha256.fromHex(head[5]));
        var state = new ChainState(head[3], Long.parseLong(head[4]), last, pending);
        state.nextOrigin(did);
        return state;
    }

    Bytes encode(Did did) {
        var text =
                new StringBuilder(MAGIC)
                        .append(' ')
                        .append(did)
                        .append(' ')
                        .append(chain)
                        .append(' ')
                        .append(sequence)
                        .append(' ')
                        .append(last.map(Sha256::hex).orElse(NONE))
                        .append('\n');
        for (Envelope envelope : pending) {
            text.append(EnvelopeCodec.encode(envelope).utf8()).append('\n');
        }
        return Bytes.utf8(text.toString());
    }

    /** Returns the place of the record that comes next. */
    Origin nextOrigin(Did did) {
        return new Origin(did, chain, sequence + 1, last);
    }

    ChainState with(Envelope envelope) {
        List<Envelope> more = new ArrayList<>(pending);
        more.add(envelope);
        return new ChainState(chain, sequence + 1, Optional.of(envelope.recordId()), more);
    }

    ChainState withPending(List<Envelope> envelopes) {
        return new ChainState(chain, sequence, last, envelopes);
    }

    ChainState without(Sha256 recordId) {
        List<Envelope> fewer = new ArrayList<>(pending);
        fewer.removeIf(envelope -> envelope.recordId().equals(recordId));
        return withPending(fewer);
    }
}

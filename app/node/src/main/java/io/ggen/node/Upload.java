package io.ggen.node;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A signed record that was sent to be published, with its content in a file that goes with it. */
final class Upload implements AutoCloseable {
    private final Bytes envelope;
    private final Optional<Path> content;

    private Upload(Bytes envelope, Optional<Path> content) {
        this.envelope = envelope;
        this.content = content;
    }

    /**
     * Reads the parts {@code envelope} and, but for a yank, {@code content} in this order.
     *
     * @throws MarketplaceException VALIDATION where a part is larger than it may be
     */
    static Upload read(ApiCall call, Spool spool) throws IOException {
        Multipart parts =
                new Multipart(
                        call.stream(), Multipart.boundary(call.header("Content-Type").orElse("")));
        InputStream first = parts.next("envelope");
        byte[] envelope = first.readNBytes(Envelope.MAX_ENCODED + 1);
        if (envelope.length > Envelope.MAX_ENCODED) {
            throw tooLarge("the envelope", Envelope.MAX_ENCODED);
        }
        if (parts.isLast()) {
            return new Upload(Bytes.wrap(envelope), Optional.empty());
        }
        Files.createDirectories(spool.folder());
        Path file = Files.createTempFile(spool.folder(), "upload-", ".tar");
        Upload upload = new Upload(Bytes.wrap(envelope), Optional.of(file));
        try {
            copy(parts.next("content"), file, spool.most().bytes());
            return upload;
        } catch (IOException | RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    private static void copy(InputStream from, Path to, long most) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 * 1024];
            long sum = 0;
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                sum += n;
                if (sum > most) {
                    throw tooLarge("the content", most);
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static MarketplaceException tooLarge(String what, long most) {
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                what + " is larger than " + most + " bytes",
                "marketplace.max_unpacked is the most for a package",
                Map.of("most", Long.toString(most)));
    }

    Bytes envelope() {
        return envelope;
    }

    /** Returns the content, to be read as often as needed until this is closed. */
    PackageSource content() {
        Path file = content.orElseThrow(() -> ApiCall.usage("the part `content` is missing"));
        return out -> Files.copy(file, out);
    }

    @Override
    public void close() throws IOException {
        if (content.isPresent()) {
            Files.deleteIfExists(content.get());
        }
    }
}

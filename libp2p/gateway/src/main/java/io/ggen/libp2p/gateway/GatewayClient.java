package io.ggen.libp2p.gateway;

import io.ggen.content.BlockSink;
import io.ggen.content.ContentException;
import io.ggen.content.DagFrontier;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.gateway.http.HttpException;
import io.ggen.libp2p.gateway.http.HttpHead;
import io.ggen.libp2p.gateway.http.HttpInput;
import io.ggen.libp2p.gateway.http.HttpOutput;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches CARs from other peers' gateways over libp2p. Thread-safe.
 *
 * @see <a href="https://specs.ipfs.tech/http-gateways/libp2p-gateway/">Gateway over libp2p</a>
 */
public final class GatewayClient {
    private static final int MESSAGE = 512;

    private final Host host;
    private final Duration patience;

    /** Makes a client that gives a peer up when it lets one read or write wait for so long. */
    public GatewayClient(Host host, Duration patience) {
        this.host = host;
        this.patience = patience;
    }

    /**
     * Fetches the DAG below {@code root} from {@code peer}, dialling it when need be. Each block is
     * verified; those that {@code frontier} misses go to {@code sink}, parents before children, on
     * this thread. Blocks until the CAR ends, the frontier is complete, or {@code deadline} has
     * passed.
     *
     * @param frontier has begun, at this root or above it
     * @throws IOException when the sink fails
     */
    public CarOutcome fetch(
            PeerId peer, Cid root, DagFrontier frontier, BlockSink sink, Duration deadline)
            throws IOException {
        Stream stream;
        try {
            stream = host.open(peer, Gateway.PROTOCOL);
        } catch (Libp2pException e) {
            return new CarOutcome.Unreachable(String.valueOf(e.getMessage()));
        }
        try (stream;
                Deadline timer = Deadline.start(deadline, stream::reset)) {
            stream.timeout(patience);
            return new Transfer(frontier, sink).run(stream, root, timer);
        }
    }

    /** One CAR on its way. */
    private static final class Transfer {
        private final CarIntake intake;
        private boolean answered;

        Transfer(DagFrontier frontier, BlockSink sink) {
            this.intake = new CarIntake(frontier, sink);
        }

        CarOutcome run(Stream stream, Cid root, Deadline timer) throws IOException {
            HttpInput in = new HttpInput(stream);
            try {
                ask(stream, root);
                HttpHead head =
                        in.head().orElseThrow(() -> new HttpException(400, "no answer at all"));
                answered = true;
                int status = status(head);
                if (status != 200) {
                    return new CarOutcome.NotServed(status, in.text(head, MESSAGE).strip());
                }
                return take(in.body(head), stream);
            } catch (HttpException | ContentException e) {
                stream.reset();
                return new CarOutcome.Misbehaved(
                        intake.blocks(), intake.bytes(), String.valueOf(e.getMessage()));
            } catch (Libp2pException e) {
                return broken(
                        timer.passed()
                                ? "the deadline has passed"
                                : String.valueOf(e.getMessage()));
            }
        }

        /** Nothing at all came from a peer that does not speak the protocol: it may just reset. */
        private CarOutcome broken(String detail) {
            return answered ? truncated(detail) : new CarOutcome.Unreachable(detail);
        }

        private static void ask(Stream stream, Cid root) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("Host", "libp2p");
            fields.put("Accept", "application/vnd.ipld.car; version=1; order=dfs; dups=n");
            fields.put("Connection", "close");
            var out = new HttpOutput(stream);
            out.head("GET /ipfs/" + root + "?format=car HTTP/1.1", fields);
            out.flush();
        }

        private static int status(HttpHead head) {
            List<String> words = List.of(head.start().split(" ", 3));
            boolean sound =
                    words.size() >= 2
                            && words.getFirst().startsWith("HTTP/1.")
                            && words.get(1).matches("[1-5][0-9][0-9]");
            if (!sound) {
                throw new HttpException(400, "an answer that is no HTTP");
            }
            return Integer.parseInt(words.get(1));
        }

        private CarOutcome take(InputStream body, Stream stream) throws IOException {
            if (intake.take(body)) {
                return new CarOutcome.Complete(intake.blocks(), intake.bytes());
            }
            stream.reset();
            return truncated("the CAR ends early");
        }

        private CarOutcome truncated(String detail) {
            return new CarOutcome.Truncated(intake.blocks(), intake.bytes(), detail);
        }
    }
}

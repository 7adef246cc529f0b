package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.libp2p.protobuf.ProtoWriter;

import java.util.List;

/**
 * The wire form of an RPC. Stateless.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#the-rpc">the RPC</a>
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.2.md#protobuf-extension">
 *     its control part</a>
 */
public final class RpcCodec {
    private RpcCodec() {}

    /**
     * Reads the RPC in a frame, without its length.
     *
     * @throws MalformedMessageException when it is malformed or beyond {@code limits}
     */
    public static Rpc decode(Bytes frame, RpcLimits limits) {
        return new RpcReader(limits).read(frame);
    }

    /** Returns the frame of {@code rpc}, without its length. */
    public static Bytes encode(Rpc rpc) {
        var writer = new ProtoWriter();
        rpc.subscriptions().forEach(entry -> writer.bytes(1, encode(entry)));
        rpc.messages().forEach(message -> writer.bytes(2, message.encode()));
        if (!rpc.control().isEmpty()) {
            writer.bytes(3, encode(rpc.control()));
        }
        return writer.toBytes();
    }

    private static Bytes encode(Subscription entry) {
        return new ProtoWriter().bool(1, entry.subscribe()).text(2, entry.topic()).toBytes();
    }

    private static Bytes encode(Control control) {
        var writer = new ProtoWriter();
        control.have().forEach(have -> writer.bytes(1, encode(have)));
        ids(writer, 2, control.want());
        control.graft()
                .forEach(topic -> writer.bytes(3, new ProtoWriter().text(1, topic).toBytes()));
        control.prune().forEach(prune -> writer.bytes(4, encode(prune)));
        ids(writer, 5, control.dontWant());
        return writer.toBytes();
    }

    private static Bytes encode(Control.Have have) {
        var writer = new ProtoWriter().text(1, have.topic());
        have.ids().forEach(id -> writer.bytes(2, id));
        return writer.toBytes();
    }

    private static void ids(ProtoWriter writer, int field, List<Bytes> ids) {
        if (!ids.isEmpty()) {
            var list = new ProtoWriter();
            ids.forEach(id -> list.bytes(1, id));
            writer.bytes(field, list.toBytes());
        }
    }

    private static Bytes encode(Control.Prune prune) {
        var writer = new ProtoWriter().text(1, prune.topic());
        prune.exchange().forEach(candidate -> writer.bytes(2, encode(candidate)));
        if (!prune.backoff().isZero()) {
            writer.uint64(3, prune.backoff().toSeconds());
        }
        return writer.toBytes();
    }

    private static Bytes encode(Control.Candidate candidate) {
        var writer = new ProtoWriter().bytes(1, candidate.peer());
        if (candidate.record().length() > 0) {
            writer.bytes(2, candidate.record());
        }
        return writer.toBytes();
    }
}

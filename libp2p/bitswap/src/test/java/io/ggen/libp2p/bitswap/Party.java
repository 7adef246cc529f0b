package io.ggen.libp2p.bitswap;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.MemoryBlocks;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.bitswap.session.SessionOptions;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.bitswap.wire.Presence;
import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.transport.Transport;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;

/** A host that speaks Bitswap, or something like it. */
final class Party implements AutoCloseable {
    final MemoryBlocks blocks = new MemoryBlocks();
    final BlockingQueue<OffenceListener.Offence> offences = new LinkedBlockingQueue<>();
    final Host host;
    Optional<Bitswap> bitswap = Optional.empty();

    private Party(Transport node) {
        this(node, InstantSource.system());
    }

    private Party(Transport node, InstantSource clock) {
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        host =
                Host.start(
                        HostOptions.of(key, clock)
                                .over(node)
                                .listening(Multiaddr.parse("/memory/0")));
    }

    /** Returns one that speaks Bitswap as it should. */
    static Party honest(Transport node) {
        return honest(node, ServeOptions.of(cid -> Optional.empty(), cid -> true), true);
    }

    static Party honest(Transport node, ServeOptions serve, boolean own) {
        return honest(new Party(node), serve, own);
    }

    /** Returns one whose time stands still unless told. */
    static Party honest(Transport node, InstantSource clock) {
        ServeOptions nothing = ServeOptions.of(cid -> Optional.empty(), cid -> true);
        return honest(new Party(node, clock), nothing, true);
    }

    private static Party honest(Party party, ServeOptions serve, boolean own) {
        ServeOptions served =
                own
                        ? new ServeOptions(
                                party.blocks,
                                cid -> true,
                                serve.upload(),
                                serve.wants(),
                                serve.turns(),
                                serve.patience())
                        : serve;
        BitswapOptions options =
                BitswapOptions.serving(served)
                        .asking(SessionOptions.standard().patient(Duration.ofSeconds(2)))
                        .reporting((peer, offence, detail) -> party.offences.add(offence));
        party.bitswap = Optional.of(Bitswap.attach(party.host, options));
        return party;
    }

    /** Returns one that answers each message with what {@code answer} makes of it, if anything. */
    static Party odd(Transport node, BiFunction<Party, Message, Optional<Message>> answer) {
        var party = new Party(node);
        party.host.handle(Bitswap.PROTOCOL, in -> party.serve(in, answer));
        return party;
    }

    /**
     * Returns one that answers properly and ends its own half of every stream on which wants come,
     * as js-libp2p does; those streams are added to {@code streams}.
     */
    static Party halfClosing(Transport node, Collection<Stream> streams) {
        var party = new Party(node);
        party.host.handle(
                Bitswap.PROTOCOL,
                in -> {
                    streams.add(in);
                    in.closeWrite();
                    party.serve(in, Party::properly);
                });
        return party;
    }

    private void serve(Stream in, BiFunction<Party, Message, Optional<Message>> answer) {
        try (Stream out = host.open(in.remotePeer(), Bitswap.PROTOCOL)) {
            Optional<Bytes> frame = Frames.read(in, MessageCodec.MAX_MESSAGE);
            while (frame.isPresent()) {
                answer.apply(this, MessageCodec.decode(frame.get()))
                        .ifPresent(message -> MessageCodec.write(out, message));
                frame = Frames.read(in, MessageCodec.MAX_MESSAGE);
            }
        }
    }

    /** Answers as the specification says. */
    static Optional<Message> properly(Party party, Message message) {
        List<Want> wants =
                message.wants().stream().filter(want -> want.kind() != Want.Kind.CANCEL).toList();
        List<Block> blocks =
                wants.stream()
                        .filter(want -> want.kind() == Want.Kind.BLOCK)
                        .flatMap(want -> party.block(want.cid()).stream())
                        .toList();
        List<Presence> presences =
                wants.stream()
                        .filter(want ->
                                want.kind() == Want.Kind.HAVE || party.block(want.cid()).isEmpty())
                        .map(want -> new Presence(want.cid(), party.block(want.cid()).isPresent()))
                        .toList();
        Message answer = Message.answer(blocks, presences);
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    }

    Optional<Block> block(Cid cid) {
        return blocks.get(cid).map(bytes -> new Block(cid, bytes));
    }

    PeerId id() {
        return host.peerId();
    }

    Bitswap bitswap() {
        return bitswap.orElseThrow();
    }

    Party knows(Party... others) {
        for (Party other : others) {
            host.peerStore().addAddresses(other.id(), other.host.addresses(), Duration.ofHours(1));
        }
        return this;
    }

    @Override
    public void close() {
        bitswap.ifPresent(Bitswap::close);
        host.close();
    }
}

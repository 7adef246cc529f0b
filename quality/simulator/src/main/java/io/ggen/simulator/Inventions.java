package io.ggen.simulator;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.kad.KadRequest;
import io.ggen.libp2p.kad.Place;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multihash;
import io.ggen.simulator.dht.DhtConduct;
import io.ggen.simulator.dht.DhtNode;
import io.ggen.simulator.net.World;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers that name peers which do not exist, nearer to what was asked for than most that do. */
final class Inventions implements DhtConduct {
    private static final int DRAWN = 4_000;
    private static final int NAMED = 20;

    private final List<Place> places;
    private final List<KadPeer> invented;

    Inventions(World world) {
        invented =
                IntStream.range(0, DRAWN).mapToObj(i -> invent(world.random().nextLong())).toList();
        places = invented.stream().map(peer -> Place.of(peer.id())).toList();
    }

    private static KadPeer invent(long number) {
        var id = new PeerId(Multihash.of(Sha256.of(Bytes.utf8("nobody " + number))).encode());
        String address = "/ip4/11.%d.%d.9/tcp/4001".formatted(number & 0xff, number >> 8 & 0xff);
        return new KadPeer(id, List.of(Multiaddr.parse(address)));
    }

    @Override
    public Optional<KadAnswer> answers(
            DhtNode asker, KadRequest request, Optional<KadAnswer> truth) {
        Place target =
                switch (request) {
                    case KadRequest.FindNode(Bytes key) -> Place.of(key);
                    case KadRequest.GetValue(Bytes key) -> Place.of(key);
                    case KadRequest.GetProviders(Bytes key) -> Place.of(key);
                    case KadRequest.PutValue put -> Place.of(put.value().key());
                    case KadRequest.AddProvider add -> Place.of(add.key());
                    case KadRequest.Ping ping -> asker.place();
                };
        List<KadPeer> named =
                IntStream.range(0, DRAWN)
                        .boxed()
                        .sorted((a, b) -> target.compareDistances(places.get(a), places.get(b)))
                        .limit(NAMED)
                        .map(invented::get)
                        .toList();
        return Optional.of(KadAnswer.of(named));
    }
}

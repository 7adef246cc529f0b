package io.ggen.interop;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.gossipsub.GossipOptions;
import io.ggen.libp2p.gossipsub.Subscriber;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.key.PeerId;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gossip about some topics: publish; and what others publish is printed. */
final class GossipCommands {
    private final Gossip gossip;

    private GossipCommands(Gossip gossip) {
        this.gossip = gossip;
    }

    /** Subscribes {@code host} to {@code topics}; returns its commands by name. */
    static Map<String, Command> attach(
            Host host, List<String> topics, Consumer<Map<String, Object>> say) {
        var gossip = Gossip.attach(host, GossipOptions.standard());
        topics.forEach(topic -> gossip.subscribe(topic, new Printer(topic, say)));
        return Map.of("publish", new GossipCommands(gossip)::publish);
    }

    private Map<String, Object> publish(List<String> words) {
        Command.Entry message = Command.Entry.of(words);
        int mesh = gossip.mesh(message.name()).size();
        gossip.publish(message.name(), message.value());
        return Map.of("meshPeers", mesh);
    }

    /** Prints the messages of a topic as they come. */
    private record Printer(String topic, Consumer<Map<String, Object>> say) implements Subscriber {
        @Override
        public void deliver(PeerId author, Bytes data) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "message");
            event.put("topic", topic);
            event.put("from", author.toString());
            event.put("dataBase64", Base64.getEncoder().encodeToString(data.toArray()));
            say.accept(event);
        }
    }
}

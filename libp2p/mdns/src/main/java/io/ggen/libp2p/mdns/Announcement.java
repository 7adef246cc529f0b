package io.ggen.libp2p.mdns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.dns.DnsData;
import io.ggen.libp2p.dns.DnsMessage;
import io.ggen.libp2p.dns.DnsName;
import io.ggen.libp2p.dns.DnsRecord;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multiaddr.Component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer says of itself under one instance name: a PTR record from the service to the
 * instance, and the instance's TXT record with its addresses. Pure.
 *
 * @param instance one label below the service
 * @param addresses without the peer's id
 * @param validity 0 when the peer takes leave
 */
record Announcement(
        DnsName service,
        DnsName instance,
        PeerId peer,
        List<Multiaddr> addresses,
        Duration validity) {
    /** The longest message that is sent: it passes Ethernet whole. */
    static final int MAX_PACKET = 1400;

    private static final String ENTRY = "dnsaddr=";
    private static final int USUAL_PORT = 4001;
    private static final int MAX_INSTANCES = 64;
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_PEER_ID = 64;
    private static final long MAX_VALIDITY = Duration.ofMinutes(75).toSeconds();

    /**
     * Returns the answer that says so, with as many of the first addresses as fit.
     *
     * @param former an instance name that this peer uses no more
     */
    Bytes encode(Optional<DnsName> former) {
        int count = addresses.size();
        Bytes message = answer(former, count).encode();
        while (message.length() > MAX_PACKET && count > 1) {
            count--;
            message = answer(former, count).encode();
        }
        return message;
    }

    private DnsMessage answer(Optional<DnsName> former, int count) {
        List<DnsRecord> answers = new ArrayList<>();
        answers.add(DnsRecord.pointer(service, instance, validity.toSeconds()));
        former.ifPresent(name -> answers.add(DnsRecord.pointer(service, name, 0)));
        return DnsMessage.of(
                DnsMessage.RESPONSE | DnsMessage.AUTHORITATIVE,
                List.of(),
                answers,
                additionals(addresses.subList(0, count)));
    }

    /**
     * The TXT record is what libp2p reads. go-libp2p passes over an instance without the address of
     * a host, so there is a host of the instance's random name, which tells nothing new.
     */
    private List<DnsRecord> additionals(List<Multiaddr> chosen) {
        List<DnsRecord> additionals = new ArrayList<>();
        if (chosen.isEmpty()) {
            return additionals;
        }
        DnsName host = host();
        additionals.add(record(DnsRecord.TXT, DnsData.Texts.of(texts(chosen))));
        additionals.add(record(DnsRecord.SRV, new DnsData.Service(port(chosen.getFirst()), host)));
        Bytes ip = chosen.getFirst().components().getFirst().value();
        additionals.add(DnsRecord.address(host, ip, validity.toSeconds()));
        return additionals;
    }

    private DnsRecord record(int type, DnsData data) {
        return new DnsRecord(instance, type, DnsRecord.INTERNET, validity.toSeconds(), data);
    }

    /** Returns the name of the host that the instance's SRV record leads to. */
    DnsName host() {
        List<String> labels = service.labels();
        return new DnsName(List.of(instance.labels().getFirst(), labels.getLast()));
    }

    private static int port(Multiaddr address) {
        return address.value(AddressProtocol.TCP)
                .or(() -> address.value(AddressProtocol.UDP))
                .map(Integer::parseInt)
                .orElse(USUAL_PORT);
    }

    private List<String> texts(List<Multiaddr> chosen) {
        return chosen.stream()
                .map(address -> ENTRY + address + "/p2p/" + peer)
                .filter(text -> text.length() <= DnsData.Texts.MAX_STRING)
                .toList();
    }

    /** Returns what {@code answer} says of instances of {@code service}, at most 64 of them. */
    static List<Announcement> read(DnsMessage answer, DnsName service) {
        return pointers(answer, service).stream()
                .filter(pointer -> pointer.ttl() > 0)
                .limit(MAX_INSTANCES)
                .flatMap(pointer -> described(answer, service, pointer).stream())
                .toList();
    }

    /** Returns the instances of {@code service} that {@code message} takes leave of. */
    static List<DnsName> leaving(DnsMessage message, DnsName service) {
        return pointers(message, service).stream()
                .filter(pointer -> pointer.ttl() == 0)
                .map(Pointer::instance)
                .toList();
    }

    /**
     * An instance that a message names.
     *
     * @param ttl for how many seconds that holds
     */
    record Pointer(DnsName instance, long ttl) {}

    /** Returns the different instances of {@code service} that {@code message}'s answers name. */
    static List<Pointer> pointers(DnsMessage message, DnsName service) {
        Map<DnsName, Pointer> pointers = new LinkedHashMap<>();
        for (DnsRecord record : message.answers()) {
            if (record.type() == DnsRecord.PTR
                    && record.owner().equals(service)
                    && record.data() instanceof DnsData.Name(DnsName instance)
                    && instance.isChildOf(service)) {
                pointers.putIfAbsent(instance, new Pointer(instance, record.ttl()));
            }
        }
        return List.copyOf(pointers.values());
    }

    private static Optional<Announcement> described(
            DnsMessage answer, DnsName service, Pointer pointer) {
        var validity = Duration.ofSeconds(Math.min(pointer.ttl(), MAX_VALIDITY));
        List<Multiaddr> entries =
                answer.records()
                        .filter(record -> record.owner().equals(pointer.instance()))
                        .flatMap(record -> entries(record.data()).stream())
                        .limit(MAX_ENTRIES)
                        .toList();
        return entries.stream()
                .flatMap(entry -> peer(entry).stream())
                .findFirst()
                .map(peer ->
                        new Announcement(
                                service,
                                pointer.instance(),
                                peer,
                                addressesOf(peer, entries),
                                validity));
    }

    private static List<Multiaddr> entries(DnsData data) {
        if (!(data instanceof DnsData.Texts texts)) {
            return List.of();
        }
        return texts.texts().stream()
                .filter(text -> text.startsWith(ENTRY))
                .flatMap(text -> address(text.substring(ENTRY.length())).stream())
                .toList();
    }

    private static Optional<Multiaddr> address(String text) {
        try {
            return Optional.of(Multiaddr.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PeerId> peer(Multiaddr entry) {
        Component last = entry.components().getLast();
        try {
            return last.protocol() == AddressProtocol.P2P && last.value().length() <= MAX_PEER_ID
                    ? Optional.of(new PeerId(last.value()))
                    : Optional.empty();
        } catch (Libp2pException e) {
            return Optional.empty();
        }
    }

    /** An instance is one peer: what it says of others is passed over. */
    private static List<Multiaddr> addressesOf(PeerId peer, List<Multiaddr> entries) {
        return entries.stream()
                .filter(entry -> entry.components().getLast().value().equals(peer.multihash()))
                .filter(entry -> entry.components().size() > 1)
                .map(entry -> entry.components().subList(0, entry.components().size() - 1))
                .map(Multiaddr::new)
                .toList();
    }
}

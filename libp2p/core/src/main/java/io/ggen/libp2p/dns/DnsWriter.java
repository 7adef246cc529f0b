package io.ggen.libp2p.dns;

import io.ggen.base.Bytes;
import io.ggen.libp2p.dns.DnsMessage.Question;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one message. Not thread-safe. */
final class DnsWriter {
    private static final int MAX_LENGTH = 0xffff;
    private static final int MAX_OFFSET = 0x3fff;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    /** Where names, and ends of names, were written. */
    private final Map<List<String>, Integer> places = new HashMap<>();

    Bytes write(DnsMessage message) {
        number(message.id());
        number(message.flags());
        number(message.questions().size());
        number(message.answers().size());
        number(message.authorities().size());
        number(message.additionals().size());
        message.questions().forEach(this::question);
        message.records().forEach(this::record);
        if (out.size() > MAX_LENGTH) {
            throw new IllegalArgumentException("a message of " + out.size() + " bytes");
        }
        return Bytes.wrap(out.toByteArray());
    }

    private void question(Question question) {
        name(question.name());
        number(question.type());
        number(question.group());
    }

    private void record(DnsRecord record) {
        name(record.owner());
        number(record.type());
        number(record.group());
        number((int) (record.ttl() >> 16));
        number((int) record.ttl());
        Bytes data = data(record.data());
        number(data.length());
        out.writeBytes(data.toArray());
    }

    /** The names in data are written whole, so that nothing about them depends on their place. */
    private static Bytes data(DnsData data) {
        return switch (data) {
            case DnsData.Other other -> other.bytes();
            case DnsData.Name name -> whole(0, 0, name.target());
            case DnsData.Service service -> whole(6, service.port(), service.target());
            case DnsData.Texts texts -> {
                var strings = new ByteArrayOutputStream();
                for (Bytes string : texts.strings()) {
                    strings.write(string.length());
                    strings.writeBytes(string.toArray());
                }
                yield Bytes.wrap(strings.toByteArray());
            }
        };
    }

    private static Bytes whole(int before, int last, DnsName name) {
        var data = new DnsWriter();
        for (int i = 0; i < before; i += 2) {
            data.number(i == before - 2 ? last : 0);
        }
        name.labels().forEach(data::label);
        data.out.write(0);
        return Bytes.wrap(data.out.toByteArray());
    }

    private void name(DnsName name) {
        List<String> rest = name.labels();
        while (!rest.isEmpty()) {
            Integer place = places.get(rest);
            if (place != null) {
                number(0xc000 | place);
                return;
            }
            if (out.size() <= MAX_OFFSET) {
                places.put(rest, out.size());
            }
            label(rest.getFirst());
            rest = rest.subList(1, rest.size());
        }
        out.write(0);
    }

    private void label(String label) {
        out.write(label.length());
        out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void number(int value) {
        out.write(value >> 8);
        out.write(value);
    }
}

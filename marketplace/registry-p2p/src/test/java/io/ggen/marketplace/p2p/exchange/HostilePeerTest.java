package io.ggen.marketplace.p2p.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.transport.MemoryNetwork;
import io.ggen.marketplace.p2p.catalogue.Author;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Peers that speak the protocol wrongly: it costs them the connection, and this side nothing. */
@Timeout(60)
final class HostilePeerTest {
    private static final Bytes EMPTY_LIST = Bytes.fromHex("6100000200");

    private final MemoryNetwork network = new MemoryNetwork(1);
    private final Party victim = Party.in(network, "victim").with(1, 40);
    private final Host attacker =
            Host.start(
                    HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system())
                            .over(network.node("attacker"))
                            .listening(Multiaddr.parse("/memory/0")));

    @AfterEach
    void close() {
        attacker.close();
        victim.close();
    }

    private Stream open() {
        attacker.dial(victim.id(), victim.host.addresses());
        return attacker.open(victim.id(), CatalogueExchange.PROTOCOL);
    }

    private void isPunishedFor(Bytes frame) {
        Frames.write(open(), frame);
        isPunished();
    }

    private void isPunished() {
        while (!victim.violators.contains(attacker.peerId())
                || !victim.host.connections().isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(victim.records()).isEqualTo(40);
    }

    private static Bytes records(Bytes... envelopes) {
        return new CatalogueMessage.Records(List.of(envelopes)).encode();
    }

    private static Bytes forged() {
        String genuine = new Author(7).release("evil", "1.0.0").utf8();
        String other = new Author(8).release("evil", "1.0.0").utf8();
        int sig = genuine.indexOf("\"sig\"");
        return Bytes.utf8(genuine.substring(0, sig) + other.substring(other.indexOf("\"sig\"")));
    }

    @Test
    void aForgedRecord() {
        isPunishedFor(records(forged()));
    }

    @Test
    void aRecordInAnotherEncoding() {
        isPunishedFor(records(Bytes.utf8(new Author(7).release("x", "1.0.0").utf8() + " ")));
    }

    @Test
    void aStrippedSignature() {
        String genuine = new Author(7).release("x", "1.0.0").utf8();
        isPunishedFor(records(Bytes.utf8(genuine.substring(0, genuine.indexOf('[')) + "[]}")));
    }

    @Test
    void aFrameLongerThanAMebibyte() {
        Stream stream = open();
        stream.write(Bytes.fromHex("818040").buffer());
        stream.flush();
        isPunished();
    }

    @Test
    void aFetchOfMoreThanEightyIds() {
        Bytes ids = Bytes.fromHex("0a20" + "00".repeat(32));
        Bytes inner = Bytes.empty();
        for (int i = 0; i < 81; i++) {
            inner = inner.concat(ids);
        }
        isPunishedFor(
                Bytes.fromHex("12")
                        .concat(io.ggen.base.Varint.encode(inner.length()))
                        .concat(inner));
    }

    @Test
    void aReconciliationWhoseBoundsDoNotAscend() {
        Bytes message = Bytes.fromHex("61" + "05" + "01ff" + "00" + "01" + "01fe" + "00");
        isPunishedFor(new CatalogueMessage.Reconcile(message).encode());
    }

    @Test
    void countsOfTenToThePowerOfThirty() {
        isPunishedFor(
                new CatalogueMessage.Reconcile(
                                Bytes.fromHex("61" + "0000" + "02" + "ff".repeat(14) + "7f"))
                        .encode());
    }

    @Test
    void aReconciliationWithoutEnd() {
        Stream stream = open();
        Bytes message = new CatalogueMessage.Reconcile(EMPTY_LIST).encode();
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 300; i++) {
                                Frames.write(stream, message);
                                Frames.read(stream, CatalogueMessage.MAX_LENGTH).orElseThrow();
                            }
                        })
                .isInstanceOf(RuntimeException.class);
        isPunished();
    }

    private void answering(Function<CatalogueMessage, CatalogueMessage> answers) {
        attacker.handle(
                CatalogueExchange.PROTOCOL,
                stream -> {
                    Optional<Bytes> frame = Frames.read(stream, CatalogueMessage.MAX_LENGTH);
                    while (frame.isPresent()) {
                        CatalogueMessage message = CatalogueMessage.decode(frame.get());
                        if (!(message instanceof CatalogueMessage.Records)) {
                            Frames.write(stream, answers.apply(message).encode());
                        }
                        frame = Frames.read(stream, CatalogueMessage.MAX_LENGTH);
                    }
                });
        victim.host.dial(attacker.peerId(), attacker.addresses());
    }

    private void exchangeFails() {
        assertThatThrownBy(() -> victim.exchange.exchange(attacker.peerId()))
                .isInstanceOf(Libp2pException.class);
    }

    private static CatalogueMessage offering(String ids) {
        int count = ids.length() / 64;
        return new CatalogueMessage.Reconcile(
                Bytes.fromHex("61" + "0000" + "02" + "%02x".formatted(count) + ids));
    }

    @Test
    void recordsThatWereNotAskedFor() {
        Bytes other = new Author(9).release("other", "1.0.0");
        answering(message ->
                message instanceof CatalogueMessage.Reconcile
                        ? offering("ab".repeat(32))
                        : new CatalogueMessage.Records(List.of(other)));
        exchangeFails();
        assertThat(victim.violators).contains(attacker.peerId());
    }

    @Test
    void idsThatNobodyHas() {
        answering(message ->
                message instanceof CatalogueMessage.Reconcile
                        ? offering(Sha256.of(Bytes.utf8("a")).hex().repeat(100))
                        : new CatalogueMessage.Records(List.of()));
        assertThat(victim.exchange.exchange(attacker.peerId()).received()).isZero();
        assertThat(victim.records()).isEqualTo(40);
    }

    @Test
    void anAnswerThatAlwaysDisagrees() {
        answering(message ->
                new CatalogueMessage.Reconcile(
                        Bytes.fromHex("61" + "0000" + "01" + "77".repeat(16))));
        exchangeFails();
        assertThat(victim.violators).contains(attacker.peerId());
    }

    @Test
    void arbitraryBytes() {
        isPunishedFor(Bytes.fromHex("ffffffffffffffffffffff"));
    }
}

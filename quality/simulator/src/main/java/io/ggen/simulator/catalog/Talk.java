package io.ggen.simulator.catalog;

import io.ggen.base.Bytes;
import io.ggen.marketplace.p2p.exchange.CatalogueMessage;
import io.ggen.marketplace.p2p.exchange.Dialler;
import io.ggen.marketplace.p2p.exchange.ExchangeLimits;
import io.ggen.marketplace.p2p.exchange.Responder;
import io.ggen.simulator.net.Pipe;

import java.util.Optional;

/** One exchange: production's machines at both ends, and the stream between them. */
final class Talk {
    /** The names of two protocols and their frames. */
    private static final int NEGOTIATION = 45;

    private static final int LENGTH = 3;
    private static final int END = 12;

    /** Verifying a record and keeping it takes a tenth of this on the machine of the figures. */
    private static final long MICROS = 1_000;

    private final CatalogSwarm swarm;
    private final CatalogNode caller;
    private final CatalogNode called;
    private final ExchangeLimits limits = ExchangeLimits.standard();
    private final Dialler dialler;
    private final Responder responder;
    private final Pipe there;
    private final Pipe back;
    private long heard;
    private boolean over;

    Talk(CatalogSwarm swarm, CatalogNode caller, CatalogNode called) {
        this.swarm = swarm;
        this.caller = caller;
        this.called = called;
        this.dialler = new Dialler(caller.catalogue(), called.introducer(), limits);
        this.responder = new Responder(called.catalogue(), caller.introducer(), limits);
        this.there = swarm.pipe(caller, called);
        this.back = swarm.pipe(called, caller);
    }

    void begin() {
        heard = swarm.world().micros();
        swarm.world().after(limits.silence(), this::look);
        send(there, NEGOTIATION, this::open);
    }

    private void send(Pipe way, int bytes, Runnable arrival) {
        swarm.exchanged(bytes);
        way.send(bytes, arrival);
    }

    /** Gives up on somebody who says nothing. */
    private void look() {
        if (!over) {
            long silence = swarm.world().micros() - heard;
            if (silence >= limits.silence().toNanos() / 1000) {
                end();
            } else {
                swarm.world().after(limits.silence(), this::look);
            }
        }
    }

    private void open() {
        if (called.serve(caller, limits.incoming())) {
            send(back, NEGOTIATION, () -> tell(dialler.begin()));
        } else {
            send(back, NEGOTIATION, this::end);
        }
    }

    private void tell(CatalogueMessage message) {
        Bytes frame = message.encode();
        send(there, frame.length() + LENGTH, () -> called.work(cost(message), () -> answer(frame)));
    }

    private static long cost(CatalogueMessage message) {
        return message instanceof CatalogueMessage.Records records
                ? MICROS * (1 + records.envelopes().size())
                : MICROS;
    }

    private void answer(Bytes frame) {
        if (over) {
            return;
        }
        Optional<CatalogueMessage> answer = responder.take(CatalogueMessage.decode(frame));
        answer.ifPresent(this::reply);
    }

    private void reply(CatalogueMessage message) {
        Bytes frame = message.encode();
        send(back, frame.length() + LENGTH, () -> caller.work(cost(message), () -> hear(frame)));
    }

    private void hear(Bytes frame) {
        if (over) {
            return;
        }
        heard = swarm.world().micros();
        dialler.take(CatalogueMessage.decode(frame)).forEach(this::tell);
        if (!dialler.isWaiting()) {
            finish();
        }
    }

    /** Sends what the other lacks, and waits until it has taken all of it. */
    private void finish() {
        Optional<CatalogueMessage> offer = dialler.offer();
        while (offer.isPresent()) {
            tell(offer.get());
            offer = dialler.offer();
        }
        send(there, END, () -> called.work(0, () -> send(back, END, this::end)));
    }

    private void end() {
        if (!over) {
            over = true;
            called.served(caller);
            caller.over();
        }
    }
}

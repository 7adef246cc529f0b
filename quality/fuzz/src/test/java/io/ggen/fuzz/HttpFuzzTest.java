package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gateway.http.HttpException;
import io.ggen.libp2p.gateway.http.HttpHead;
import io.ggen.libp2p.gateway.http.HttpInput;
import io.ggen.libp2p.gateway.http.HttpRequest;
import io.ggen.libp2p.io.MemoryPipe;

import java.io.IOException;

class HttpFuzzTest {
    private static final int MOST = 40_000;

    /** Whatever comes, a head with its body ends, and a request that is taken has one meaning. */
    @FuzzTest
    void messagesAreReadToTheirEndOrRefused(byte[] data) {
        if (data.length > MOST) {
            return;
        }
        MemoryPipe.Pair pipe = MemoryPipe.create();
        pipe.left().write(Bytes.of(data).buffer());
        pipe.left().closeWrite();
        var in = new HttpInput(pipe.right());
        try {
            in.head().ifPresent(head -> read(in, head));
        } catch (HttpException e) {
            require(e.status() >= 400 && e.status() < 600, "a status of its own");
        }
    }

    private static void read(HttpInput in, HttpHead head) {
        try {
            HttpRequest request = HttpRequest.of(head);
            require(request.target().startsWith("/"), "a path");
            require(head.all("host").size() == 1, "one host");
            require(head.all("transfer-encoding").isEmpty(), "no body");
        } catch (HttpException e) {
            require(e.status() >= 400 && e.status() < 600, "a status of its own");
        }
        try {
            in.body(head).readAllBytes();
        } catch (IOException e) {
            require(e.getMessage() != null, "a reason");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }
}

package io.ggen.interop;

import io.ggen.libp2p.Libp2pException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The host behind the common command line: {@code listen} or {@code dial ADDR}, with options. */
public final class PeerMain {
    private PeerMain() {}

    /** Runs one command; exits 1 after a line that says why when it fails. */
    public static void main(String... words) throws IOException, InterruptedException {
        int status = 0;
        try {
            run(PeerOptions.parse(List.of(words)));
        } catch (Libp2pException | IllegalArgumentException | IllegalStateException e) {
            say(Map.of("ok", false, "error", String.valueOf(e.getMessage())));
            status = 1;
        }
        System.exit(status);
    }

    private static void run(PeerOptions options) throws IOException, InterruptedException {
        if (options.command().equals("listen")) {
            var input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            ListeningPeer.run(options, input, PeerMain::say);
        } else {
            say(Measurement.run(options));
        }
    }

    private static void say(Map<String, Object> message) {
        System.out.println(Json.write(message));
        System.out.flush();
    }
}

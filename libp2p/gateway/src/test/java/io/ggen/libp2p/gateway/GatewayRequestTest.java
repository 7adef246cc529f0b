package io.ggen.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.gateway.http.HttpException;
import io.ggen.libp2p.gateway.http.HttpHead;
import io.ggen.libp2p.gateway.http.HttpRequest;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;

final class GatewayRequestTest {
    private static final String CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @Test
    void everyTargetIsUnderstoodOrRefused() {
        Gen<String> part =
                Gen.anyOf(
                        Gen.strings("/%2eEfF.0", 0, 6),
                        Gen.of(
                                "?format=car",
                                "&format=raw",
                                "&dag-scope=",
                                "entity",
                                "block",
                                "&entity-bytes=",
                                "-1:*",
                                "9:",
                                "%",
                                "%2F",
                                "+",
                                "&",
                                "=",
                                CID));
        Gen<String> target =
                Gen.lists(part, 0, 8).map(parts -> "/ipfs/" + CID + String.join("", parts));
        Property.forAll(
                target,
                2_000,
                text -> {
                    var head = new HttpHead("GET " + text + " HTTP/1.1", List.of());
                    try {
                        var request = GatewayRequest.of(new HttpRequest("GET", text, "x", head));
                        assertThat(request.path())
                                .allMatch(name -> !name.contains("/") && !name.equals(".."));
                        assertThat(request.etag()).matches("[ -~]+");
                    } catch (HttpException e) {
                        assertThat(e.status()).isIn(400, 404);
                    }
                });
    }
}

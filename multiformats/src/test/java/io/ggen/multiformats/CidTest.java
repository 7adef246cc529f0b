package io.ggen.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import org.junit.jupiter.api.Test;

final class CidTest {
    @Test
    void namesHelloWorldAsKuboDoes() {
        Cid cid = Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("hello world")));
        assertThat(cid).hasToString("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
    }

    @Test
    void namesTheEmptyDirectory() {
        assertThat(Cid.v1(Cid.DAG_PB, Sha256.of(Bytes.fromHex("0a020801"))))
                .hasToString("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354");
    }

    @Test
    void readsVersion0OnlyWithoutPrefix() {
        String text = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
        assertThat(Cid.parse(text).version()).isZero();
        assertThat(Cid.parse(text)).hasToString(text);
        assertThatThrownBy(() -> Cid.parse("z" + text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNonCanonicalText() {
        assertThatThrownBy(() ->
                        Cid.parse("bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5f"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cid.parse("")).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

class MultipartTest {
    private static final String HEAD = "Content-Disposition: form-data; name=\"%s\"\r\n\r\n";

    private static Multipart parts(byte[] body) {
        return new Multipart(new ByteArrayInputStream(body), "B");
    }

    private static byte[] body(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("--B\r\n" + HEAD.formatted("one")).getBytes(StandardCharsets.US_ASCII));
        out.write(first);
        out.write(("\r\n--B\r\n" + HEAD.formatted("two")).getBytes(StandardCharsets.US_ASCII));
        out.write(second);
        out.write("\r\n--B--\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    @Test
    void givesEachPartItsBytes() throws IOException {
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 2, 65_530, 65_535, 65_536, 65_537, 200_000}) {
            byte[] first = new byte[size];
            random.nextBytes(first);
            byte[] second = "\r\n--A\r\n--\r\r\n-".getBytes(StandardCharsets.US_ASCII);
            Multipart parts = parts(body(first, second));
            assertThat(parts.next("one").readAllBytes()).as("size " + size).isEqualTo(first);
            assertThat(parts.isLast()).isFalse();
            assertThat(parts.next("two").readAllBytes()).isEqualTo(second);
            assertThat(parts.isLast()).isTrue();
        }
    }

    @Test
    void passesOverWhatNobodyRead() throws IOException {
        Multipart parts = parts(body(new byte[100_000], new byte[] {7}));
        try (InputStream first = parts.next("one")) {
            assertThat(first.read()).isZero();
        }
        assertThat(parts.next("two").readAllBytes()).containsExactly(7);
    }

    @Test
    void refusesBodiesThatEndEarlyOrSayOtherThings() throws IOException {
        byte[] whole = body(new byte[10], new byte[10]);
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 12);
        Multipart early = parts(cut);
        early.next("one");
        assertThatThrownBy(() -> early.next("two").readAllBytes()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> parts(whole).next("two"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parts(new byte[0]).next("one")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> parts("--B--\r\n".getBytes(StandardCharsets.US_ASCII)).next("one"))
                .hasMessageContaining("missing");
        String endless = "--B\r\n" + "x".repeat(100_000);
        assertThatThrownBy(() -> parts(endless.getBytes(StandardCharsets.US_ASCII)).next("one"))
                .hasMessageContaining("too long");
    }

    @Test
    void refusesTypesWithoutABoundary() {
        assertThat(Multipart.boundary("multipart/form-data; boundary=a-b_c")).isEqualTo("a-b_c");
        for (String wrong :
                new String[] {
                    "",
                    "application/json",
                    "multipart/form-data",
                    "multipart/form-data; boundary=",
                    "multipart/form-data; boundary=\"a b\""
                }) {
            assertThatThrownBy(() -> Multipart.boundary(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.BlockSource;
import io.ggen.content.CanonicalTar;
import io.ggen.content.Ingested;
import io.ggen.content.TarIngest;
import io.ggen.content.UnixFsWalk;
import io.ggen.multiformats.Cid;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Any bytes as an archive, as they are and with the checksums of their headers mended, so that
 * mutations get past the first check. What is accepted must come back from its blocks as the
 * canonical tar of the same digest.
 */
class ArchiveFuzzTest {
    private static final int RECORD = 512;
    private static final ArchivePolicy POLICY =
            ArchivePolicy.standard().withMaxUnpacked(1 << 20).withMaxEntries(1_000);

    @FuzzTest
    void archivesAreRefusedOrMeanOneTree(byte[] data) {
        check(data);
        check(mended(data));
    }

    private static void check(byte[] tar) {
        Map<Cid, Bytes> blocks = new HashMap<>();
        Verdict.of(() -> ingest(tar, blocks)).ifPresent(ingested -> readBack(ingested, blocks));
    }

    private static Ingested ingest(byte[] tar, Map<Cid, Bytes> blocks) {
        BlockSource stored = cid -> Optional.ofNullable(blocks.get(cid));
        try {
            return TarIngest.readPlain(
                    new ByteArrayInputStream(tar),
                    POLICY,
                    (cid, block) -> blocks.put(cid, copy(block)),
                    stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes copy(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.get(bytes);
        return Bytes.wrap(bytes);
    }

    private static void readBack(Ingested ingested, Map<Cid, Bytes> blocks) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CanonicalTar.write(
                    UnixFsWalk.tree(
                            ingested.digest().cid(),
                            ingested.digest().executables(),
                            cid -> Optional.ofNullable(blocks.get(cid)),
                            POLICY),
                    out);
            Ingested again =
                    TarIngest.read(
                            new ByteArrayInputStream(out.toByteArray()), POLICY, (_, _) -> {});
            Verdict.same(again.digest(), ingested.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a copy whose records, taken for headers one by one, all have right checksums. */
    private static byte[] mended(byte[] data) {
        byte[] tar = data.clone();
        int at = 0;
        while (at + RECORD <= tar.length) {
            mend(tar, at);
            at += RECORD + (sizeOf(tar, at) + RECORD - 1) / RECORD * RECORD;
        }
        return tar;
    }

    private static void mend(byte[] tar, int at) {
        Arrays.fill(tar, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + RECORD; i++) {
            sum += tar[i] & 0xff;
        }
        if (sum > 8 * ' ') {
            byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, tar, at + 148, 8);
        } else {
            Arrays.fill(tar, at + 148, at + 156, (byte) 0);
        }
    }

    private static int sizeOf(byte[] tar, int at) {
        int size = 0;
        for (int i = at + 124; i < at + 135 && tar[i] >= '0' && tar[i] <= '7'; i++) {
            size = Math.min(size * 8 + (tar[i] - '0'), 1 << 20);
        }
        return size;
    }
}

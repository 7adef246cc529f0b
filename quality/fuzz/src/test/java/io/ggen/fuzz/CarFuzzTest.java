package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.content.Block;
import io.ggen.content.CarReader;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

class CarFuzzTest {
    @FuzzTest
    void everyBlockOfACarIsGenuineOrTheCarIsRefused(byte[] data) {
        Verdict.of(() -> count(Bytes.of(data)));
    }

    private static int count(Bytes car) {
        int blocks = 0;
        try {
            var reader = new CarReader(car.stream());
            for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
                Verdict.same(next.get().isGenuine(), true);
                blocks++;
            }
        } catch (EOFException e) {
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }
}

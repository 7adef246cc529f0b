package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.ProtoReader;

class ProtobufFuzzTest {
    @FuzzTest
    void everyMessageEndsOrIsRefused(byte[] data) {
        Verdict.of(() -> fields(Bytes.of(data)));
    }

    private static int fields(Bytes message) {
        var reader = new ProtoReader(message);
        int fields = 0;
        while (reader.next()) {
            fields++;
            int number = reader.field();
            Verdict.of(() -> number % 2 == 0 ? reader.bytes(100).length() : reader.saturatedInt());
            if (fields > message.length()) {
                throw new AssertionError("more fields than bytes");
            }
        }
        return fields;
    }
}

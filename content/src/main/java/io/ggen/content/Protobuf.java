package io.ggen.content;

import java.util.Arrays;

/** Just enough protobuf for dag-pb and UnixFS: growing output and strict input. */
final class Protobuf {
    static final int VARINT = 0;
    static final int LENGTH_DELIMITED = 2;

    private Protobuf() {}

    static int sizeOfVarint(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /** Gathers a message. */
    static final class Writer {
        private byte[] buffer;
        private int length;

        Writer(int capacity) {
            buffer = new byte[capacity];
        }

        void field(int number, int type) {
            varint((long) number << 3 | type);
        }

        void varint(long value) {
            ensure(10);
            long rest = value;
            while (rest >= 0x80) {
                buffer[length++] = (byte) (rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            buffer[length++] = (byte) rest;
        }

        void bytes(int number, byte[] bytes) {
            field(number, LENGTH_DELIMITED);
            varint(bytes.length);
            ensure(bytes.length);
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }

        void uint(int number, long value) {
            field(number, VARINT);
            varint(value);
        }

        byte[] toArray() {
            return buffer.length == length ? buffer : Arrays.copyOf(buffer, length);
        }

        private void ensure(int more) {
            if (buffer.length - length < more) {
                buffer = Arrays.copyOf(buffer, Math.max(length + more, buffer.length * 2));
            }
        }
    }

    /** Reads a message; every failure is a {@link ContentException}. */
    static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;

        Reader(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.end = to;
        }

        boolean hasMore() {
            return at < end;
        }

        /** Returns whether the next field is this one, and if so passes its key. */
        boolean next(int number, int type) {
            if (at < end && bytes[at] == (byte) (number << 3 | type)) {
                at++;
                return true;
            }
            return false;
        }

        /** Reads a varint of 63 bits in its shortest form. */
        long varint() {
            long value = 0;
            for (int i = 0; i < 9; i++) {
                if (at >= end) {
                    throw ContentException.malformed("a protobuf number is cut off");
                }
                byte group = bytes[at++];
                value |= (long) (group & 0x7f) << (7 * i);
                if (group >= 0) {
                    if (group == 0 && i > 0) {
                        throw ContentException.malformed("a protobuf number is not minimal");
                    }
                    return value;
                }
            }
            throw ContentException.malformed("a protobuf number is out of range");
        }

        byte[] bytes() {
            Reader part = message();
            return Arrays.copyOfRange(bytes, part.at, part.end);
        }

        String text() {
            Reader part = message();
            return Utf8.decode(bytes, part.at, part.end);
        }

        Reader message() {
            long length = varint();
            if (length > end - at) {
                throw ContentException.malformed("a protobuf field is longer than its message");
            }
            int from = at;
            at += (int) length;
            return new Reader(bytes, from, at);
        }
    }
}

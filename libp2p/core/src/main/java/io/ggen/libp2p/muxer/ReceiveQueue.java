package io.ggen.libp2p.muxer;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a stream has received and the application has not read yet. Large pieces stay in the page
 * that they were decrypted into; small ones are copied, together where they follow each other, so
 * that no piece keeps much more memory than the window counts. Confined to its stream's lock.
 */
final class ReceiveQueue {
    /** A quarter of a page: what is held back is at most four times what the window allows. */
    private static final int LENT = YamuxOptions.MAX_FRAME / 4 - 512;

    private static final int MAX_TAIL = 4096;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long held;

    /** Bytes from position to limit; beyond, there may be room for more that follow. */
    private record Piece(ByteBuffer bytes, @Nullable Page page) {}

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Returns how many bytes are in it. */
    long held() {
        return held;
    }

    /** Takes all of {@code piece}, a part of {@code page}. */
    void add(ByteBuffer piece, Page page) {
        held += piece.remaining();
        if (piece.remaining() >= LENT) {
            page.hold();
            pieces.addLast(new Piece(piece.slice(), page));
        } else {
            copy(piece);
        }
    }

    private void copy(ByteBuffer piece) {
        Piece last = pieces.peekLast();
        ByteBuffer tail = last == null || last.page() != null ? null : last.bytes();
        if (tail == null || tail.capacity() - tail.limit() < piece.remaining()) {
            int room = (int) Math.max(piece.remaining(), Math.min(held, MAX_TAIL));
            tail = ByteBuffer.allocate(room).limit(0);
            pieces.addLast(new Piece(tail, null));
        }
        int end = tail.limit();
        tail.limit(end + piece.remaining());
        tail.put(end, piece, piece.position(), piece.remaining());
    }

    /** Moves as much as fits into {@code into}; returns how much. */
    int take(ByteBuffer into) {
        int before = into.position();
        while (into.hasRemaining() && !pieces.isEmpty()) {
            Piece first = pieces.getFirst();
            ByteBuffer from = first.bytes();
            int count = Math.min(from.remaining(), into.remaining());
            into.put(into.position(), from, from.position(), count);
            into.position(into.position() + count);
            from.position(from.position() + count);
            if (!from.hasRemaining()) {
                pieces.removeFirst();
                if (first.page() != null) {
                    first.page().release();
                }
            }
        }
        held -= into.position() - before;
        return into.position() - before;
    }

    /** Drops everything. */
    void clear() {
        pieces.clear();
        held = 0;
    }
}

package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

final class RememberedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Remembered remembered = new Remembered();

    private void lose(int count) {
        for (int i = 0; i < count; i++) {
            remembered.lost(Peers.peer(i), START);
        }
    }

    @Test
    void theLostAreAskedInTurnThreeAtATime() {
        lose(4);
        assertThat(remembered.due(START))
                .containsExactly(Peers.peer(0), Peers.peer(1), Peers.peer(2));
        assertThat(remembered.isReunion()).isFalse();
        assertThat(remembered.due(START))
                .containsExactly(Peers.peer(3), Peers.peer(0), Peers.peer(1));
    }

    @Test
    void whileMostAnswerTwentyAreAsked() {
        lose(50);
        remembered.due(START);
        remembered.answered(Peers.id(0));
        assertThat(remembered.isReunion()).isFalse();
        remembered.answered(Peers.id(1));
        assertThat(remembered.isReunion()).isTrue();
        assertThat(remembered.due(START)).hasSize(20).doesNotContain(Peers.peer(0));
        assertThat(remembered.isReunion()).isFalse();
    }

    @Test
    void whoWasLostADayAgoIsForgotten() {
        lose(3);
        assertThat(remembered.due(START.plus(Duration.ofHours(24)))).hasSize(3);
        assertThat(remembered.due(START.plus(Duration.ofHours(24)).plusSeconds(1))).isEmpty();
    }

    @Test
    void theLastTwoHundredAreRemembered() {
        lose(203);
        List<KadPeer> asked = new ArrayList<>();
        for (int i = 0; i < 66; i++) {
            asked.addAll(remembered.due(START));
        }
        assertThat(asked).doesNotHaveDuplicates().doesNotContain(Peers.peer(2)).hasSize(198);
    }
}

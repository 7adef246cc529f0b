package io.ggen.libp2p.mdns;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to ask and when to answer on one link. Questions come at once and then after pauses that
 * double; one that somebody else has asked is put off, three times at most. Answers come with a
 * short delay, so that several questions get one, and a second apart at least. Pure. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-5.2">RFC 6762, sections 5.2, 6 and
 *     7.3</a>
 */
final class Talk {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ANSWERS = Duration.ofSeconds(1);
    private static final int MIN_DELAY_MILLIS = 20;
    private static final int MAX_DELAY_MILLIS = 120;
    private static final int MAX_PUT_OFF = 3;
    private static final int PACKETS_AT_ONCE = 500;
    private static final Duration PACKET_EACH = Duration.ofMillis(5);

    private final RandomGenerator random;
    private final Duration longestPause;
    private final Allowance packets = new Allowance(PACKETS_AT_ONCE, PACKET_EACH);
    private Duration pause = FIRST_PAUSE;
    private int putOff;
    private Instant nextQuestion;
    private Instant mayAnswer = Instant.MIN;
    private Optional<Instant> nextAnswer = Optional.empty();
    private boolean isHeard;

    Talk(Duration longestPause, RandomGenerator random, Instant now) {
        this.longestPause = longestPause;
        this.random = random;
        this.nextQuestion = now.plus(shortDelay());
    }

    private Duration shortDelay() {
        return Duration.ofMillis(random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1));
    }

    /** Returns whether one more packet is read; a flood is not. */
    boolean mayRead(Instant now) {
        return packets.take(now);
    }

    /** Takes in that others have asked what is asked here. */
    void askedByOthers(Instant now) {
        if (pause.equals(longestPause) && putOff < MAX_PUT_OFF) {
            putOff++;
            nextQuestion = now.plus(jittered());
        }
    }

    /** Has an answer sent soon. */
    void answerSoon(Instant now) {
        if (nextAnswer.isEmpty()) {
            Instant soon = now.plus(shortDelay());
            nextAnswer = Optional.of(soon.isBefore(mayAnswer) ? mayAnswer : soon);
        }
    }

    /** Returns whether to ask now; then the next time is later. */
    boolean isTimeToAsk(Instant now) {
        if (now.isBefore(nextQuestion)) {
            return false;
        }
        nextQuestion = now.plus(jittered());
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(longestPause) > 0 ? longestPause : pause;
        putOff = 0;
        return true;
    }

    private Duration jittered() {
        return pause.plusMillis(random.nextLong(pause.toMillis() / 5 + 1));
    }

    /** Returns whether to answer now; then it is done. */
    boolean isTimeToAnswer(Instant now) {
        if (nextAnswer.filter(at -> !now.isBefore(at)).isEmpty()) {
            return false;
        }
        nextAnswer = Optional.empty();
        mayAnswer = now.plus(BETWEEN_ANSWERS);
        isHeard = true;
        return true;
    }

    /** Returns whether an answer was sent here. */
    boolean isHeard() {
        return isHeard;
    }

    /** Returns when there is something to do; what cannot be answered yet waits for its turn. */
    Instant next() {
        return nextAnswer.filter(at -> at.isBefore(nextQuestion)).orElse(nextQuestion);
    }
}

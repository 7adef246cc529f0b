package io.ggen.marketplace.core.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

final class BothAnswersTest {
    private static <T> Supplier<T> failing(ErrorCode code) {
        return () -> {
            throw new MarketplaceException(code, "no", "another way");
        };
    }

    private static boolean isOpen(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void asksBothAtOnce() {
        var near = new CountDownLatch(1);
        var far = new CountDownLatch(1);

        BothAnswers<Boolean> both =
                BothAnswers.ask(
                        () -> {
                            near.countDown();
                            return isOpen(far);
                        },
                        () -> {
                            far.countDown();
                            return isOpen(near);
                        });

        assertThat(both.near()).contains(true);
        assertThat(both.far()).contains(true);
        assertThat(both.isComplete()).isTrue();
    }

    @Test
    void givesWhatOneAnswersAndWhyTheOtherDoesNot() {
        BothAnswers<String> both = BothAnswers.ask(() -> "here", failing(ErrorCode.TIMEOUT));

        assertThat(both.near()).contains("here");
        assertThat(both.far()).isEmpty();
        assertThat(both.farFailure()).isPresent();
        assertThat(both.isComplete()).isFalse();
    }

    @Test
    void doesNotWaitForTheFarOneWhereTheNearOneSettlesTheQuestion() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() ->
                        BothAnswers.ask(failing(ErrorCode.AMBIGUOUS_NAME), () -> isOpen(never)))
                .isInstanceOf(MarketplaceException.class);
        assertThat(never.getCount()).isOne();
    }

    @Test
    void failsWhereTheFarOneSaysThatTheQuestionHasNoAnswer() {
        assertThatThrownBy(() -> BothAnswers.ask(() -> "here", failing(ErrorCode.SECURITY)))
                .isInstanceOf(MarketplaceException.class);
        assertThatThrownBy(() ->
                        BothAnswers.ask(failing(ErrorCode.STORAGE), failing(ErrorCode.NETWORK)))
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.STORAGE));
    }
}

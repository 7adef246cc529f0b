package io.ggen.marketplace.core.hybrid;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * What two registries answered that were asked at once; at least one did answer.
 *
 * @param near the near one's answer
 * @param far the far one's
 * @param nearFailure why the near one has none
 * @param farFailure why the far one has none
 */
record BothAnswers<T>(
        Optional<T> near,
        Optional<T> far,
        Optional<MarketplaceException> nearFailure,
        Optional<MarketplaceException> farFailure) {
    /** One registry's answer or why it has none. */
    private sealed interface Answer<T> {
        record Given<T>(T value) implements Answer<T> {}

        record Failed<T>(MarketplaceException failure) implements Answer<T> {}
    }

    /**
     * Asks the far one in a thread of its own and the near one meanwhile. Blocks until both have
     * answered; no longer than the near one where that settles the question.
     *
     * @throws MarketplaceException where one says that the question itself has no answer, or both
     *     failed
     */
    static <T> BothAnswers<T> ask(Supplier<T> near, Supplier<T> far) {
        var asked = new FutureTask<Answer<T>>(() -> answer(far));
        Thread other = Thread.ofVirtual().name("far registry").start(asked);
        try {
            Answer<T> first = answer(near);
            return both(first, await(asked));
        } finally {
            other.interrupt();
        }
    }

    private static <T> Answer<T> answer(Supplier<T> question) {
        try {
            return new Answer.Given<>(question.get());
        } catch (MarketplaceException e) {
            if (isAnswer(e.code())) {
                throw e;
            }
            return new Answer.Failed<>(e);
        }
    }

    /** Returns whether an error is about what was asked, not about the registry that was asked. */
    private static boolean isAnswer(ErrorCode code) {
        return code == ErrorCode.AMBIGUOUS_NAME
                || code == ErrorCode.SECURITY
                || code == ErrorCode.USAGE;
    }

    private static <T> Answer<T> await(FutureTask<Answer<T>> asked) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(
                    new MarketplaceException(
                            ErrorCode.TIMEOUT,
                            "the wait for the network was interrupted",
                            "run the command again"));
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private static <T> BothAnswers<T> both(Answer<T> first, Answer<T> second) {
        var answers =
                new BothAnswers<>(value(first), value(second), failure(first), failure(second));
        if (answers.near.isEmpty() && answers.far.isEmpty()) {
            throw answers.nearFailure.orElseThrow();
        }
        return answers;
    }

    private static <T> Optional<T> value(Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T>(T value) -> Optional.of(value);
            case Answer.Failed<T> _ -> Optional.empty();
        };
    }

    private static <T> Optional<MarketplaceException> failure(Answer<T> answer) {
        return switch (answer) {
            case Answer.Given<T> _ -> Optional.empty();
            case Answer.Failed<T>(MarketplaceException failure) -> Optional.of(failure);
        };
    }

    /** Returns whether both answered. */
    boolean isComplete() {
        return near.isPresent() && far.isPresent();
    }
}

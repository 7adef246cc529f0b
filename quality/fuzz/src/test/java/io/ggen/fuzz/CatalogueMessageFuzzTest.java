package io.ggen.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.base.Bytes;
import io.ggen.marketplace.p2p.exchange.CatalogueMessage;
import io.ggen.marketplace.p2p.search.Answer;
import io.ggen.marketplace.p2p.search.Question;

class CatalogueMessageFuzzTest {
    @FuzzTest
    void messagesOfTheCatalogueAreReadAsTheyAreWritten(byte[] data) {
        Bytes message = Bytes.of(data);
        Verdict.of(() -> CatalogueMessage.decode(message)).ifPresent(it -> check(it));
        Verdict.of(() -> Answer.decode(message))
                .ifPresent(answer -> Verdict.same(Answer.decode(answer.encode()), answer));
        Verdict.of(() -> Question.decode(message))
                .ifPresent(question -> Verdict.of(() -> Question.decode(question.encode())));
    }

    private static void check(CatalogueMessage message) {
        switch (message) {
            case CatalogueMessage.Refusal refusal ->
                    Verdict.of(() -> CatalogueMessage.decode(refusal.encode()));
            case CatalogueMessage.Reconcile it -> same(it);
            case CatalogueMessage.Fetch it -> same(it);
            case CatalogueMessage.Records it -> same(it);
        }
    }

    private static void same(CatalogueMessage message) {
        Verdict.same(CatalogueMessage.decode(message.encode()), message);
    }
}

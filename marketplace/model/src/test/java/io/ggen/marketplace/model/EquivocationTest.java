package io.ggen.marketplace.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EquivocationTest {
    private static final SignedRecord FIRST = signed(Example.release());

    @Test
    void seesTwoRecordsAtOnePlaceOfAChain() {
        SignedRecord yank =
                ReleaseVerifier.verify(
                        Envelope.seal(
                                new Yank(
                                        Example.origin(7),
                                        Example.yank().id(),
                                        Example.yank().version(),
                                        Example.yank().publishedAt(),
                                        ""),
                                Example.ALICE));
        assertThat(FIRST.contradicts(yank))
                .hasValueSatisfying(
                        e -> assertThat(e.kind()).isEqualTo(Equivocation.Kind.SAME_SEQUENCE));
    }

    @Test
    void seesOtherContentUnderOneVersion() {
        SignedRecord other = signed(Example.release(Example.origin(9), Example.content("bin/y")));
        assertThat(FIRST.contradicts(other))
                .hasValueSatisfying(
                        e -> assertThat(e.kind()).isEqualTo(Equivocation.Kind.OTHER_CONTENT));
    }

    @Test
    void seesAnotherRecordBeforeTheNextOne() {
        long next = FIRST.signedBy().sequence() + 1;
        SignedRecord other = signed(Example.release(Example.origin(next)));
        assertThat(other.contradicts(FIRST))
                .hasValueSatisfying(
                        e -> assertThat(e.kind()).isEqualTo(Equivocation.Kind.OTHER_HISTORY));
        assertThat(FIRST.contradicts(other)).isPresent();
    }

    @Test
    void acceptsTheSameContentFromASecondMachine() {
        assertThat(FIRST.contradicts(signed(Example.release(Example.origin(9))))).isEmpty();
        assertThat(FIRST.contradicts(FIRST)).isEmpty();
    }

    private static SignedRecord signed(Release release) {
        return ReleaseVerifier.verify(Envelope.seal(release, Example.ALICE));
    }
}

package io.ggen.marketplace.p2p.exchange;

/**
 * What an exchange brought.
 *
 * @param received records that were new here
 * @param sent records that the other side lacked
 * @param refused genuine records that are not kept here
 * @param rounds round trips of the reconciliation
 * @param isCut whether there is more for another exchange
 */
public record ExchangeOutcome(int received, int sent, int refused, int rounds, boolean isCut) {
    /** Returns both together. */
    ExchangeOutcome then(ExchangeOutcome next) {
        return new ExchangeOutcome(
                received + next.received,
                sent + next.sent,
                refused + next.refused,
                rounds + next.rounds,
                next.isCut);
    }
}

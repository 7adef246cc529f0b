package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.Tell;
import io.ggen.libp2p.kad.QueryEffect.ValueFound;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * To read a value: answers are validated and compared, and whoever gave another one than the best
 * is told the best, as are the nearest that had none.
 */
final class ValueGoal implements Goal {
    private final KadRequest.GetValue question;
    private final Validator validator;
    private final int quorum;
    private final Map<KadPeer, Optional<KadRecord>> answers = new LinkedHashMap<>();
    private Optional<KadRecord> best = Optional.empty();
    private int valid;

    ValueGoal(KadRequest.GetValue question, Validator validator, int quorum) {
        this.question = question;
        this.validator = validator;
        this.quorum = quorum;
    }

    @Override
    public KadRequest question() {
        return question;
    }

    @Override
    public List<QueryEffect> heard(KadPeer peer, KadAnswer answer) {
        answers.put(peer, answer.record());
        Optional<KadRecord> record = answer.record().filter(this::isValid);
        if (record.isEmpty()) {
            return List.of();
        }
        valid++;
        if (best.isPresent() && validator.compare(record.get(), best.get()) <= 0) {
            return List.of();
        }
        best = record;
        return List.of(new ValueFound(record.get()));
    }

    private boolean isValid(KadRecord record) {
        return record.key().equals(question.key()) && validator.isValid(record);
    }

    @Override
    public boolean isEnough() {
        return valid >= quorum;
    }

    @Override
    public List<QueryEffect> known(KadAnswer answer) {
        best = answer.record();
        return best.<List<QueryEffect>>map(record -> List.of(new ValueFound(record)))
                .orElse(List.of());
    }

    @Override
    public Optional<KadRecord> value() {
        return best;
    }

    @Override
    public int holders() {
        return valid;
    }

    @Override
    public List<Tell> corrections(List<KadPeer> nearest) {
        if (best.isEmpty()) {
            return List.of();
        }
        var put = new KadRequest.PutValue(best.get());
        List<Tell> told = new ArrayList<>();
        answers.forEach((peer, answer) -> {
            boolean lacks = answer.isEmpty() && nearest.contains(peer);
            if (lacks || (answer.isPresent() && !answer.equals(best))) {
                told.add(new Tell(peer, put));
            }
        });
        return told;
    }
}

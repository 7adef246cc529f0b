package io.ggen.simulator.dht;

import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.Validator;

/**
 * Values that say themselves how new they are: the longer one is the newer. One that begins with
 * zero is not valid, as one whose signature is wrong would not be.
 */
final class LongerIsBetter implements Validator {
    @Override
    public boolean isValid(KadRecord record) {
        return record.value().length() > 0 && record.value().get(0) != 0;
    }

    @Override
    public int compare(KadRecord a, KadRecord b) {
        int order = Integer.compare(a.value().length(), b.value().length());
        return order == 0 ? a.value().compareTo(b.value()) : order;
    }
}

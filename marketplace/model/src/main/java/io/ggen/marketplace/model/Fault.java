package io.ggen.marketplace.model;

import java.util.List;

/**
 * One thing that is wrong in a file that a person wrote.
 *
 * @param file as the person named it
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole file is meant
 * @param reason what is wrong, one sentence without a full stop
 * @param hint what to do about it
 */
public record Fault(String file, int line, int column, String reason, String hint) {
    /**
     * Returns one error for {@code faults}, of which there is at least one: all of them, a line
     * each.
     */
    public static MarketplaceException asError(String what, List<Fault> faults) {
        var message = new StringBuilder(what);
        for (Fault fault : faults) {
            message.append("\n  ").append(fault);
            if (faults.size() > 1) {
                message.append("\n    ").append(fault.hint());
            }
        }
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                message.toString(),
                faults.size() == 1
                        ? faults.getFirst().hint()
                        : "mend the " + faults.size() + " places above and try again");
    }

    /** Returns {@code file:line:column: reason}. */
    @Override
    public String toString() {
        return (line == 0 ? file : file + ":" + line + ":" + column) + ": " + reason;
    }
}

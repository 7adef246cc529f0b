package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.publish.PublishPlan;
import io.ggen.marketplace.core.publish.PublishRequest;
import io.ggen.marketplace.model.Fault;

/** Shows what a package holds before it is signed: its size, its files, what to look at. */
final class PublishPreview implements PublishRequest.Listener {
    private static final int FILES_OF_ONE = 20;
    private static final int FILES_OF_EACH = 5;

    private final Console console;
    private final int most;

    /**
     * Makes a preview.
     *
     * @param packages how many there are to be: of several, fewer files of each are shown
     */
    PublishPreview(Console console, int packages) {
        this.console = console;
        int few = packages == 1 ? FILES_OF_ONE : FILES_OF_EACH;
        this.most = console.verbosity() > 0 ? Integer.MAX_VALUE : few;
    }

    @Override
    public void planned(PublishPlan plan) {
        for (Fault warning : plan.warnings()) {
            console.warn(warning + "; " + warning.hint());
        }
        int files = plan.digest().files();
        Text text = console.text().bold(plan.toString());
        text.add("  " + files + (files == 1 ? " file, " : " files, "));
        text.add(new ByteSize(plan.digest().sizeBytes()).toString()).line();
        files(text, plan);
        console.print(text);
    }

    private void files(Text text, PublishPlan plan) {
        int shown = 0;
        for (PublishPlan.ListedFile file : plan.files()) {
            if (shown == most) {
                int more = plan.digest().files() - most;
                text.dim("  … " + more + " more; -v shows all").line();
                return;
            }
            text.add("  ").column(new ByteSize(file.size()).toString(), 10).add(file.path()).line();
            shown++;
        }
    }
}

package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.publish.PublishPlan;
import io.ggen.marketplace.core.publish.PublishRequest;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Fault;

import java.util.List;

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
        Content content = plan.content();
        int files = content.files();
        Text text = console.text().bold(plan.toString());
        text.add("  " + Text.count(files, "file") + ", ");
        text.add(new ByteSize(content.sizeBytes()).toString()).line();
        list(text, plan.files());
        console.print(text);
    }

    private void list(Text text, List<PublishPlan.ListedFile> files) {
        for (int i = 0; i < files.size(); i++) {
            if (i == most) {
                text.dim("  … " + (files.size() - most) + " more; -v shows all").line();
                return;
            }
            PublishPlan.ListedFile file = files.get(i);
            text.add("  ").column(new ByteSize(file.size()).toString(), 10).add(file.path()).line();
        }
    }
}

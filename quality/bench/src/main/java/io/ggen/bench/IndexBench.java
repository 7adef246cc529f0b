package io.ggen.bench;

import io.ggen.marketplace.core.search.IndexUse;
import io.ggen.marketplace.core.search.SearchChanges;
import io.ggen.marketplace.core.search.SearchDocument;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.model.Query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** F3: how fast an index is built, and how soon one more package is found. */
final class IndexBench implements Bench {
    private static final int RUNS = 5;
    private static final int ADDITIONS = 25;

    @Override
    public void run(String id, Bench.Context context) throws Exception {
        SearchCorpus corpus = SearchCorpus.read(context.data());
        Path folder = Files.createTempDirectory("ggen-bench-index");
        int runs = context.quick() ? 2 : RUNS;
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        for (int run = -1; run < runs; run++) {
            double mine = rate(corpus, folder.resolve("index" + run));
            double rival = fts5Rate(corpus, folder.resolve("fts5-" + run));
            if (run >= 0) {
                ours[run] = mine;
                theirs[run] = rival;
            }
        }
        Row rate = Row.of(id, "index build", "packages/s", Row.Better.HIGHER, Samples.of(ours));
        context.print(
                rate.judgeValue(100_000).withRival("sqlite fts5", Samples.of(theirs).median()));
        tantivy(id, context, corpus, Samples.of(ours));
        context.print(
                Row.percentile(id, "add until found p99", "ms", 99, additions(corpus, folder))
                        .judgeValue(100));
    }

    private static void tantivy(String id, Bench.Context context, SearchCorpus corpus, Samples ours)
            throws Exception {
        Optional<Tantivy> tantivy =
                Tantivy.run(context, corpus, SearchQueries.draw(corpus, 1, 1), new int[] {0, 1});
        Row row = Row.of(id, "index build", "packages/s", Row.Better.HIGHER, ours);
        row.judgeValue(100_000);
        context.print(
                tantivy.map(t -> row.withRival("tantivy", corpus.rows().size() / t.buildSeconds()))
                        .orElseGet(() -> row.withTableRival("tantivy", 304_000)));
    }

    private static double rate(SearchCorpus corpus, Path folder) {
        try (SearchIndex index = SearchIndex.open(folder, IndexUse.SERVICE)) {
            return corpus.rows().size() / Duel.seconds(() -> index.refresh(corpus));
        }
    }

    private static double fts5Rate(SearchCorpus corpus, Path file) throws Exception {
        long start = System.nanoTime();
        Fts5.build(file, corpus).close();
        return corpus.rows().size() / ((System.nanoTime() - start) / 1e9);
    }

    private static Samples additions(SearchCorpus corpus, Path folder) {
        double[] times = new double[ADDITIONS];
        List<SearchDocument> more = corpus.times(2).rows();
        try (SearchIndex index = SearchIndex.open(folder.resolve("index0"), IndexUse.SERVICE)) {
            index.refresh(corpus);
            String stamp = corpus.stamp();
            for (int i = 0; i < ADDITIONS; i++) {
                SearchDocument added = more.get(corpus.rows().size() + i);
                String next = stamp + "+" + i;
                String from = i == 0 ? stamp : stamp + "+" + (i - 1);
                times[i] = 1000 * Duel.seconds(() -> add(index, from, next, added));
            }
        }
        return Samples.of(times);
    }

    private static void add(SearchIndex index, String from, String to, SearchDocument added) {
        boolean done = index.update(from, to, new SearchChanges(List.of(), List.of(added)));
        String first = index.search(Query.of(added.id().text(), 1)).hits().getFirst().id().text();
        if (!done || !first.equals(added.id().text())) {
            throw new IllegalStateException("not found after it was added: " + added.id());
        }
    }
}

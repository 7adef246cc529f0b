package io.ggen.bench;

import io.ggen.marketplace.core.search.IndexUse;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.model.Query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** F2: search in a running process, over real packages, beside tantivy and SQLite FTS5. */
final class SearchBench implements Bench {
    private static final long SEED = 20_260_101;
    private static final int QUERIES = 500;
    private static final int COPIES = 5;

    @Override
    public void run(String id, Bench.Context context) throws Exception {
        SearchCorpus corpus = SearchCorpus.read(context.data());
        List<SearchQueries.Case> cases = SearchQueries.draw(corpus, QUERIES, SEED);
        int[] turns = context.quick() ? new int[] {2, 1} : new int[] {6, 3};
        Optional<Tantivy> tantivy = Tantivy.run(context, corpus, cases, turns);
        Path folder = Files.createTempDirectory("ggen-bench-search");
        SearchTrial fts5;
        try (Fts5 rival = Fts5.build(folder.resolve("fts5.db"), corpus)) {
            fts5 = SearchTrial.run(rival::search, plain(cases), turns[0], turns[1]);
        }
        try (SearchIndex index = index(folder.resolve("index"), corpus)) {
            SearchTrial plain = SearchTrial.run(ask(index), plain(cases), turns[0], turns[1]);
            SearchTrial mistyped = SearchTrial.run(ask(index), mistyped(cases), turns[0], turns[1]);
            Figures figures = new Figures(id, context);
            figures.plain(plain, tantivy.map(Tantivy::plain), fts5);
            figures.mistyped(mistyped, tantivy.map(Tantivy::mistyped));
        }
        try (SearchIndex index = index(folder.resolve("large"), corpus.times(COPIES))) {
            SearchTrial large = SearchTrial.run(ask(index), plain(cases), turns[0], turns[1]);
            context.print(
                    Row.percentile(id, "1.1M rows p99", "ms", 99, large.times()).judgeValue(25));
        }
    }

    private static SearchIndex index(Path folder, SearchCorpus corpus) {
        SearchIndex index = SearchIndex.open(folder, IndexUse.SERVICE);
        index.refresh(corpus);
        return index;
    }

    private static Function<String, List<String>> ask(SearchIndex index) {
        return text ->
                index.search(Query.of(text, SearchTrial.LIMIT)).hits().stream()
                        .map(hit -> hit.id().text())
                        .toList();
    }

    private static List<SearchTrial.Question> plain(List<SearchQueries.Case> cases) {
        return cases.stream().map(one -> new SearchTrial.Question(one.plain(), one.id())).toList();
    }

    private static List<SearchTrial.Question> mistyped(List<SearchQueries.Case> cases) {
        return cases.stream()
                .map(one -> new SearchTrial.Question(one.mistyped(), one.id()))
                .toList();
    }

    private record Figures(String id, Bench.Context context) {
        void plain(SearchTrial ours, Optional<SearchTrial> tantivy, SearchTrial fts5) {
            double half = tantivy.map(trial -> trial.times().median()).orElse(0.07);
            double most = tantivy.map(trial -> trial.times().percentile(99)).orElse(0.72);
            double found = tantivy.map(SearchTrial::found).orElse(0.78);
            boolean beside = tantivy.isPresent();
            context.print(beside(time("plain p50", 50, ours, 0.5), beside, half));
            context.print(beside(time("plain p99", 99, ours, 5), beside, most));
            context.print(beside(share("plain found in 20", ours, 0.85), beside, found));
            context.print(fts5(time("plain p50", 50, ours, 0.5), fts5.times().median()));
            context.print(fts5(time("plain p99", 99, ours, 5), fts5.times().percentile(99)));
            context.print(fts5(share("plain found in 20", ours, 0.85), fts5.found()));
        }

        void mistyped(SearchTrial ours, Optional<SearchTrial> tantivy) {
            double half = tantivy.map(trial -> trial.times().median()).orElse(1.15);
            double most = tantivy.map(trial -> trial.times().percentile(99)).orElse(2.0);
            double found = tantivy.map(SearchTrial::found).orElse(0.70);
            boolean beside = tantivy.isPresent();
            context.print(beside(time("mistyped p50", 50, ours, 2), beside, half));
            context.print(beside(time("mistyped p99", 99, ours, 5), beside, most));
            context.print(beside(share("mistyped found in 20", ours, 0.80), beside, found));
        }

        private Row time(String what, int percent, SearchTrial ours, double limit) {
            return Row.percentile(id, what, "ms", percent, ours.times()).judgeValue(limit);
        }

        private Row share(String what, SearchTrial ours, double limit) {
            Samples share = Samples.of(ours.found());
            return Row.of(id, what, "share", Row.Better.HIGHER, share).judgeValue(limit);
        }

        private static Row beside(Row row, boolean measured, double value) {
            return measured
                    ? row.withRival("tantivy", value)
                    : row.withTableRival("tantivy", value);
        }

        private static Row fts5(Row row, double value) {
            return row.withRival("sqlite fts5", value);
        }
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.session.Session;
import io.ggen.marketplace.model.Query;

import java.util.List;

/** Finds packages. */
class SearchCommand implements Command {
    private static final int DESCRIPTION = 100;

    @Override
    public Usage usage() {
        return new Usage(
                "QUERY…",
                Usage.MANY,
                List.of(
                        Option.value(
                                        "--category",
                                        "NAME",
                                        "in this category; several mean any of them")
                                .letter("-c"),
                        Option.value("--tag", "NAME", "with this tag; several mean all of them")
                                .letter("-t"),
                        Option.value("--limit", "N", "show at most N (20)").letter("-l"),
                        Option.value(
                                "--min-reputation", "0..1", "from providers at least this good")),
                "Typing errors are forgiven. `name:`, `tag:` and `publisher:` look in one field;\n"
                        + "an empty QUERY (\"\") lists everything.",
                List.of(
                        new Usage.Example("search rest api", "packages about both"),
                        new Usage.Example("search ontology -c templates -t rdf -l 5", "narrowed"),
                        new Usage.Example("search name:graph --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        long began = call.around().clock().millis();
        Query query = query(call);
        SearchResults results = call.session().registry().search(query);
        long elapsed = call.around().clock().millis() - began;
        if (call.console().json()) {
            call.console().data(json(call, query, results, elapsed));
        } else {
            print(call, query, results);
        }
        return 0;
    }

    private static Query query(Call call) {
        int limit = Numbers.whole(call, "--limit", 20, 1);
        double reputation = Numbers.fraction(call, "--min-reputation");
        return new Query(
                String.join(" ", call.words()),
                call.values("--category"),
                call.values("--tag"),
                call.session().publisherDid(),
                reputation,
                limit,
                call.console().json());
    }

    private static String json(Call call, Query query, SearchResults results, long elapsed) {
        Json out =
                call.json()
                        .field("query", query.text())
                        .field("total", results.total())
                        .field("incomplete", results.incomplete())
                        .field("elapsedMs", elapsed);
        out.list("results", results.hits(), SearchCommand::hit);
        out.object(
                "facets",
                facets ->
                        facets.numbers("category", results.categories())
                                .numbers("tag", results.tags()));
        return out.done();
    }

    private static void hit(Json out, SearchHit hit) {
        out.field("id", hit.id().text())
                .field("version", hit.version().toString())
                .field("description", hit.description())
                .texts("categories", hit.categories())
                .texts("tags", hit.tags())
                .field("publisher", hit.publisher())
                .field("source", hit.source())
                .field("score", hit.score());
        if (hit.reputation().isPresent()) {
            out.field("reputation", hit.reputation().getAsDouble());
        } else {
            out.missing("reputation");
        }
        out.field("providers", hit.providers());
    }

    private static void print(Call call, Query query, SearchResults results) {
        Console console = call.console();
        Text text = console.text();
        int width = 0;
        for (SearchHit hit : results.hits()) {
            width = Math.max(width, label(hit).length());
        }
        for (SearchHit hit : results.hits()) {
            text.bold(hit.id().text()).add(" ").green(hit.version().toString());
            text.pad(Math.min(width, 48) + 2 - label(hit).length());
            text.add(Escape.oneLine(hit.description(), DESCRIPTION)).line();
        }
        console.print(text);
        console.say(console.remark().dim(summary(query, results, call.session())).line());
    }

    private static String label(SearchHit hit) {
        return hit.id() + " " + hit.version();
    }

    private static String summary(Query query, SearchResults results, Session session) {
        int shown = results.hits().size();
        String incomplete = results.incomplete() ? " (incomplete: not everybody answered)" : "";
        if (shown == 0) {
            return "no package matches"
                    + incomplete
                    + "; try fewer words, or `ggen m search \"\"` for all there are in "
                    + session.registry().metadata().location();
        }
        if (results.total() > shown && shown == query.limit()) {
            return shown + " of " + results.total() + incomplete + "; -l shows more";
        }
        return Text.count(shown, "package") + incomplete;
    }
}

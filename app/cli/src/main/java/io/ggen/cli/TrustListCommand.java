package io.ggen.cli;

import io.ggen.marketplace.core.trust.NamespaceBinding;
import io.ggen.marketplace.core.trust.Pin;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.core.trust.TrustedPublisher;

import java.util.Comparator;
import java.util.List;

/** Lists who is trusted for what. */
final class TrustListCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "A pin holds a package id to the key of its first use; another key is refused.",
                List.of(
                        new Usage.Example("trust list", "publishers, namespaces and pins"),
                        new Usage.Example("trust list --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        show(call, call.session().trust().read());
        return 0;
    }

    /** Prints all of trust.toml. */
    static void show(Call call, Trust trust) {
        List<Pin> pins = sorted(trust.pins());
        if (call.console().json()) {
            call.console().data(json(call, trust, pins));
            return;
        }
        Text text = call.console().text();
        for (TrustedPublisher publisher : trust.publishers()) {
            text.cyan("publisher ").add(publisher.did().text() + " " + publisher.petname());
            text.add(publisher.namespaces().isEmpty() ? "" : " for ");
            text.add(String.join(", ", publisher.namespaces())).line();
        }
        for (NamespaceBinding binding : trust.namespaces()) {
            text.cyan("namespace ").add(binding.scope() + " belongs to ");
            text.add(binding.publisher().map(Object::toString).or(binding::registry).orElse(""));
            text.line();
        }
        for (Pin pin : pins) {
            text.cyan("pin       ")
                    .add(pin.id() + " " + pin.publisher())
                    .dim(" since " + pin.since());
            text.line();
        }
        call.console().print(text);
        if (trust.publishers().isEmpty() && trust.namespaces().isEmpty() && pins.isEmpty()) {
            call.console().note("nobody is trusted yet; a global install pins what it takes");
        }
    }

    private static List<Pin> sorted(List<Pin> pins) {
        return pins.stream().sorted(Comparator.comparing(Pin::id)).toList();
    }

    private static String json(Call call, Trust trust, List<Pin> pins) {
        return call.json()
                .list(
                        "pins",
                        pins,
                        (out, pin) ->
                                out.field("id", pin.id().text())
                                        .field("publisher", pin.publisher().text())
                                        .field("since", pin.since().toString()))
                .list(
                        "publishers",
                        trust.publishers(),
                        (out, publisher) ->
                                out.field("did", publisher.did().text())
                                        .field("petname", publisher.petname())
                                        .texts("namespaces", publisher.namespaces()))
                .list(
                        "namespaces",
                        trust.namespaces(),
                        (out, binding) ->
                                out.field("scope", binding.scope())
                                        .field("publisher", binding.publisher())
                                        .field("registry", binding.registry()))
                .done();
    }
}

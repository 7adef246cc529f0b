package io.ggen.cli;

import java.util.List;

/** Prints a completion script. */
final class CompletionCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "SHELL",
                1,
                List.of(),
                "SHELL is bash, zsh or fish.",
                List.of(
                        new Usage.Example(
                                "completion bash > ~/.local/share/bash-completion/completions/ggen",
                                "for every new bash"),
                        new Usage.Example(
                                "completion zsh > \"${fpath[1]}/_ggen\"", "for every new zsh"),
                        new Usage.Example(
                                "completion fish > ~/.config/fish/completions/ggen.fish",
                                "for every new fish")));
    }

    @Override
    public int run(Call call) {
        String shell = call.words().getFirst();
        String script = Completion.of(shell);
        if (call.console().json()) {
            call.console().data(call.json().field("shell", shell).field("script", script).done());
        } else {
            call.console().data(script);
        }
        return 0;
    }
}

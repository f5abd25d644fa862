import ArgumentParser

struct CompletionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completion script of a shell.",
        discussion: """
            bash: errand completions bash > ~/.local/share/bash-completion/completions/errand
            zsh:  errand completions zsh > "${fpath[1]}/_errand"
            fish: errand completions fish > ~/.config/fish/completions/errand.fish
            """
    )

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish

        var kind: CompletionShell {
            switch self {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        }
    }

    @Argument(help: "The shell.")
    var shell: Shell

    func run() async throws {
        Terminal.write(ErrandCommand.completionScript(for: shell.kind))
    }
}

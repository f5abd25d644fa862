import ArgumentParser

struct SearchCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find tasks by words, best match first.",
        discussion: """
            Searches titles, descriptions and tags of open and done tasks. A phrase goes in double quotes inside single
            ones ('"black tea"'), a word to leave out gets a minus sign after -- (errand search -- tea -green).
            """
    )

    @OptionGroup var options: ClientOptions
    @OptionGroup var selection: ListOptions

    @Argument(help: ArgumentHelp("What to look for.", valueName: "word"))
    var words: [String]

    func run(in session: ClientSession) async throws {
        var selection = selection
        selection.status = selection.status ?? .all
        try await session.list(selection, search: words.joined(separator: " "))
    }
}

/// Everything a user can do, in one place. Doors are made of it: a route of REST names its row, a command of a batch is
/// one, and so is a tool of a chat or an agent. The rows are beside this file, by what they are about.
public enum Catalogue {
    /// Whatever JSON in and JSON out describe.
    public static let entries: [AnyCatalogueEntry] = [
        AnyCatalogueEntry(listTasks), AnyCatalogueEntry(readTask), AnyCatalogueEntry(createTask),
        AnyCatalogueEntry(createRecurringTask), AnyCatalogueEntry(quickAddTask), AnyCatalogueEntry(editTask),
        AnyCatalogueEntry(setPriority), AnyCatalogueEntry(setTags), AnyCatalogueEntry(setDue),
        AnyCatalogueEntry(placeTask),
        AnyCatalogueEntry(setReminders), AnyCatalogueEntry(completeTask), AnyCatalogueEntry(reopenTask),
        AnyCatalogueEntry(deleteTask), AnyCatalogueEntry(restoreTask), AnyCatalogueEntry(runBatch),
        AnyCatalogueEntry(skipOccurrence), AnyCatalogueEntry(rescheduleTask), AnyCatalogueEntry(endSeries),
        AnyCatalogueEntry(listOccurrences), AnyCatalogueEntry(previewRecurrence), AnyCatalogueEntry(snoozeReminder),
        AnyCatalogueEntry(undoChange),
        AnyCatalogueEntry(listTags), AnyCatalogueEntry(renameTag), AnyCatalogueEntry(removeTag),
        AnyCatalogueEntry(listNotifications), AnyCatalogueEntry(readNotification),
        AnyCatalogueEntry(readAllNotifications), AnyCatalogueEntry(deleteNotification),
        AnyCatalogueEntry(listDeliveries), AnyCatalogueEntry(listChannels), AnyCatalogueEntry(addChannel),
        AnyCatalogueEntry(editChannel), AnyCatalogueEntry(removeChannel), AnyCatalogueEntry(testChannel),
        AnyCatalogueEntry(verifyChannel), AnyCatalogueEntry(rotateSecret), AnyCatalogueEntry(replayChannel),
        AnyCatalogueEntry(subscribeBrowser), AnyCatalogueEntry(unsubscribeBrowser),
        AnyCatalogueEntry(removeBrowser),
        AnyCatalogueEntry(listFilters), AnyCatalogueEntry(addFilter), AnyCatalogueEntry(editFilter),
        AnyCatalogueEntry(removeFilter),
        AnyCatalogueEntry(listConversations), AnyCatalogueEntry(readConversation),
        AnyCatalogueEntry(deleteConversation), AnyCatalogueEntry(listAudit), AnyCatalogueEntry(readProfile),
        AnyCatalogueEntry(updateProfile), AnyCatalogueEntry(listTokens), AnyCatalogueEntry(deleteToken),
        AnyCatalogueEntry(listFeeds), AnyCatalogueEntry(deleteFeed),
    ]

    /// What a door has a part in.
    public static let assisted: [AssistedOperation] = [
        .signUp, .signIn, .renewSession, .signOut, .forgetPassword, .resetPassword, .verifyAddress,
        .requestVerification, .changeAddress, .deleteAccount, .changePassword, .createToken, .createFeed, .readFeed,
        .exportTasks, .importTasks, .verifyAudit, .exportAudit, .chat, .chatClassic,
    ]

    /// - Returns: nil when there is no row of that name that JSON in and JSON out describe.
    public static func entry(_ name: String) -> AnyCatalogueEntry? { byName[name] }

    private static let byName = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
}

extension AssistedOperation {
    public static let chat = AssistedOperation(
        "chat", "Understands a message, does what it asks for, and says what was done.", scope: .writeTasks
    )
    public static let chatClassic = AssistedOperation(
        "chat.classic", "The same, at the address that earlier to-do chatbots have.", scope: .writeTasks
    )
    public static let exportTasks = AssistedOperation(
        "tasks.export", "Hands out everything the user has, the trash included.", scope: .readTasks
    )
    public static let importTasks = AssistedOperation(
        "tasks.import", "Creates the tasks of a file that are not there yet.", scope: .writeTasks
    )
    public static let verifyAudit = AssistedOperation(
        "audit.verify", "Computes every hash of the user's audit log anew.", scope: .readTasks
    )
    public static let exportAudit = AssistedOperation(
        "audit.export", "Hands out the user's whole audit log, the oldest entry first.", scope: .readTasks
    )
}

import CivilTime

/// Every limit on what people and programs may send. Lengths of text count Unicode code points,
/// as JSON Schema's `maxLength` does, after trimming.
public enum Limits {
    public static let titleLengthMax = 500
    public static let descriptionLengthMax = 16_384
    public static let tagsPerTaskMax = 50
    public static let tagLengthMax = 60
    public static let emailLengthMax = 254
    public static let nameLengthMax = 100
    public static let passwordLength = 8...256
    /// Years a task can be due in.
    public static let dueYears = 1900...2999
    /// The day after the last one.
    static let dueEnd = LocalDate(daysSinceEpoch: 376_200)
    public static let remindersPerTaskMax = 20
    /// How long before a task a reminder can come, where a day is as long as usual.
    public static let reminderLead = Duration.zero...Duration.days(366)
    public static let reminderDaysBefore = 0...366
    public static let reminderRepeat = Duration.minutes(1)...Duration.days(366)
    public static let snooze = Duration.minutes(1)...Duration.days(31)
    /// Of a reminder: from here on it is marked late.
    public static let reminderLateness = Duration.minutes(1)
    /// How often a reminder that comes again and again does so before it gives up.
    public static let reminderFiringsMax = 50
    /// Of one user and one kind of channel.
    public static let destinationsPerUserMax = 20
    public static let destinationNameLengthMax = 100
    /// Of the address of a server that is called: what push services use is far shorter.
    public static let destinationURLLengthMax = 2_048
    /// Calls of one webhook that are sent again at a time.
    public static let replayMax = 100
    /// How long the secret before the newest one signs the calls of a webhook as well.
    public static let previousSecretLifetime = Duration.hours(24)
    /// What is kept of a reason or an evidence.
    public static let deliveryReasonLengthMax = 200
    /// What a server can ask for with `Retry-After`; longer is not heard.
    public static let deliveryPauseMax = Duration.hours(6)
    /// Attempts of one delivery, whatever its time to live.
    public static let deliveryAttemptsMax = 20
    /// Tasks that a digest names; it counts the rest.
    public static let digestLinesMax = 25
    /// Of a title in a message that a channel found too large.
    public static let shortMessageTitleLength = 120
    /// Tasks of one series that one operation looks at, the latest first.
    public static let openPerSeriesMax = 200
    /// Completed occurrences that one edit of a whole series changes.
    public static let tasksPerSeriesEditMax = 10_000
    public static let exceptionsPerSeriesMax = 500
    /// Occurrences of one preview.
    public static let occurrences = 1...500
    public static let occurrencesDefault = 50
    /// Of the key that says where a task stands in the order made by hand.
    public static let positionLengthMax = 32
    /// Tasks that one placement may touch: those before it that had no place yet, or too little room between them.
    public static let tasksPerPlacementMax = 10_000
    /// Of a rule that no task has yet.
    public static let previewOccurrences = 1...50
    public static let previewOccurrencesDefault = 5
    public static let quickAddLengthMax = 2_000
    public static let filterLengthMax = 1_000
    public static let savedFiltersPerUserMax = 100
    public static let savedFilterNameLengthMax = 60
    public static let searchLengthMax = 500
    /// Words and phrases of one search; the rest of a longer one is left out.
    public static let searchTermsMax = 16
    public static let pageSize = 1...200
    public static let pageSizeDefault = 50
    public static let batchCommandsMax = 100
    /// Of a file that tasks are taken in from: 200 MiB. It is put aside on the disk, and a window of it held.
    public static let importBytesMax = 209_715_200
    /// Of a file that has to be held as a whole, because of its format or because it is passed on: 32 MiB.
    public static let importWholeBytesMax = 33_554_432
    /// Entries of a file that tasks are taken in from.
    public static let importTasksMax = 500_000
    /// Files and folders of an archive that tasks are taken in from.
    public static let archiveEntriesMax = 10_000
    /// How many octets one of an archive may become: tables and JSON become 20 of one at most.
    public static let archiveRatioMax = 200
    /// Tasks of a file that are created in one transaction: what everybody else waits for.
    public static let importSliceMax = 25
    /// Tasks of a file that are taken back at once.
    public static let importUndoMax = 100
    /// Notes about a file that are told; the rest is counted.
    public static let importNotesMax = 1_000
    /// Tasks of a file that are shown before they are taken in.
    public static let importPreviewMax = 20
    /// Of the name that a file has on the computer it comes from.
    public static let fileNameLengthMax = 255
    /// Of what a calendar program writes of one task: 256 KiB, attachments among it.
    public static let calendarObjectBytesMax = 262_144
    /// Of the name that a program gives it, in octets.
    public static let calendarNameLengthMax = 255
    /// Of its UID, in octets.
    public static let calendarUIDLengthMax = 1_000
    /// Objects that one request asks for by their names.
    public static let calendarNamesMax = 5_000
    public static let batchCommandIDLengthMax = 100
    public static let personalTokensPerUserMax = 50
    public static let feedsPerUserMax = 20
    public static let feedNameLengthMax = 60
    /// Tasks of one calendar feed; what is due latest is left out.
    public static let feedTasksMax = 5_000
    /// Of what a calendar feed answers: 8 MiB.
    public static let feedBytesMax = 8_388_608
    /// Tasks that are read for a feed at a time.
    static let feedSliceMax = 500
    /// How often calendars are asked to read a feed.
    static let feedRefresh = CalendarSpan(seconds: 3_600)
    public static let idempotencyKeyLengthMax = 255
    public static let undoTokenLengthMax = 200
    /// Tasks that one call of a tool adds or changes.
    public static let toolItemsMax = 25
    /// Tasks that a tool lists unless it is told otherwise: whatever it says, a model has to read.
    public static let toolPageSizeDefault = 25
    /// Of a description in a list of a tool.
    public static let toolExcerptLength = 200
    public static let agendaDaysMax = 92
    /// What a user says at once in a chat.
    public static let messageLengthMax = 10_000
    /// What the assistant says at once.
    public static let answerLengthMax = 16_384
    /// The tool calls of one turn with their results, as JSON.
    public static let toolCallBytesMax = 65_536
    /// Arrays and objects in each other in the tool calls of a turn: the list of calls is the first. Twice as many
    /// can be read (``JSONValue/depthMax``), so there is room for what they are kept in.
    public static let toolCallDepthMax = 16
    /// What a model may take for one message: steps, calls of tools, time.
    public static let modelStepsMax = 8
    public static let modelCallsMax = 20
    public static let modelTime = Duration.seconds(60)
    /// Between two signs of life to whoever waits for a model.
    public static let chatBeat = Duration.seconds(2)
    /// The arguments of one call of a model, as text.
    public static let modelArgumentBytesMax = 16_384
    /// What a model is told that a call gave; lists are shortened.
    public static let modelResultBytesMax = 8_192
    /// What a model is told of a call in an earlier turn.
    static let modelPastResultBytesMax = 1_024
    /// Calls of one message that a model may get wrong and mend.
    public static let modelRepairsMax = 2
    /// How often a model may make the same call for one message.
    public static let modelSameCallsMax = 2
    /// Turns of a conversation that a model is told of.
    public static let modelTurnsMax = 20
    /// Instructions, tools and earlier turns together: about 8,000 tokens, since servers with a small context cut
    /// without a word.
    static let modelPromptBytesMax = 32_000
    /// Names of tags that a model is told of, the most used.
    static let modelTagsMax = 40
    /// Turns that are added to a conversation at once.
    public static let turnsPerAppendMax = 4
    /// Turns that a conversation keeps; the oldest fall off.
    public static let turnsPerConversationMax = 200
    /// Bytes of JSON that the turns of a conversation may have together; the oldest fall off. More than
    /// ``turnsPerAppendMax`` turns can have, and far below the 4 MiB that a sidecar takes.
    public static let conversationBytesMax = 1_048_576
    public static let conversationTitleLengthMax = 80
    /// Conversations that a user keeps; those that were unused the longest go.
    public static let conversationsPerUserMax = 200
    /// Tasks that one rename or removal of a tag may touch: what one transaction can do without
    /// making everybody else wait noticeably.
    public static let tasksPerTagChangeMax = 10_000

    /// Of the secret in a link of a mail.
    public static let mailTokenBytes = 32
    /// Links of one purpose that are good for one user at a time: more mails are not sent.
    public static let mailTokensMax = 5
    /// Links for addresses of channels that one user has sent within a day: more mails are not sent.
    public static let channelLinksPerUserMax = 20
    /// Of those that go to one address, whoever has them sent: nobody's mailbox is filled by strangers.
    public static let channelLinksPerAddressMax = 5
    /// How long a mail about an account is tried to be sent.
    public static let mailLifetime = Duration.hours(24)
    /// How long the links of a reminder's mail are good.
    public static let mailedActionLifetime = Duration.hours(20)
    /// What a link of a reminder's mail puts it off by.
    public static let mailedSnooze = Duration.hours(1)
    /// After a sign-in: as long need nobody prove again who they are.
    public static let freshSession = Duration.minutes(10)
    public static let undoLifetime = Duration.minutes(10)
    /// How many of the newest writes of a person in a space can be taken back one after the other.
    public static let undoReach = 200
    public static let trashLifetime = Duration.days(30)
    public static let idempotencyLifetime = Duration.hours(24)
    public static let notificationLifetime = Duration.days(90)
    /// Of what is told to programs, and kept only to say what became of it.
    public static let deliveryLifetime = Duration.days(14)
    /// After their last use.
    public static let conversationLifetime = Duration.days(90)
    /// How long events are kept, in days.
    public static let eventRetentionDays = 1...365
    public static let eventRetentionDaysDefault = 7
}

import CivilTime
import TaskLanguage

extension Wording {
    static let english = Wording(
        quotes: "“{text}”", and: "and",
        day: { date in
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November",
                "December",
            ]
            let name = date.weekday.name
            return
                "\(name.prefix(1).uppercased())\(name.dropFirst()), \(date.day) \(months[date.month - 1]) \(date.year)"
        },
        at: "at", noDue: "no due date", due: "due", none: "Nothing.", added: "Added {task}.",
        completed: "Done: {task}.",
        reopened: "Open again: {task}.", deleted: "Deleted {task}. Kept in the trash for 30 days.",
        restored: "Restored {task}.", renamed: "Renamed: {task}.", described: "Noted with {task}.",
        moved: "Moved {task}.", dueCleared: "{task} has no due date any more.", repeats: "{task} now repeats {text}.",
        prioritised: "{task}: {text} priority.", tagged: "Tagged {task} {text}.",
        untagged: "Took the tag {text} off {task}.",
        reminded: "Will remind you of {task} {text}.", unreminded: "No reminders for {task} any more.",
        skipped: "Skipped this time: {task}.", seriesEnded: "{task} does not repeat any more.",
        undone: "Undone: the last change is taken back.", which: "Which one do you mean?",
        whether: [.delete: "Delete all of these?", .complete: "Mark all of these as done?"],
        nearest: "Did you mean this one?", what: "That is only the beginning: what shall it be?",
        count: { $0 == 1 ? "1 task." : "\($0) tasks." }, list: { $0 == 1 ? "1 task:" : "\($0) tasks:" },
        more: { "… and \($0) more." }, isDone: "is done", isOpen: "is still open",
        dropped: "All right, nothing was changed.", greeting: "Hello! Tell me what to add, or ask what is due.",
        thanks: "You are welcome.",
        help: "You can say: “add call mom tomorrow at 5pm”, “what's overdue?”, “I finished the report”, "
            + "“move milk to friday”, “push the dentist by two days”, “make it urgent”, “tag it home”, "
            + "“remind me an hour before the dentist”, “skip the plants this week”, “make it weekly”, "
            + "“delete all done tasks”, “undo”.",
        notUnderstood: "I did not understand that, so nothing was changed.",
        nothingFits: "No task fits “{text}”; nothing was changed.", nearestAre: "The nearest:",
        noNumber: "There is no task #{text}; nothing was changed.",
        nothingToUndo: "There is nothing to undo in this conversation.",
        hasNoDue: "{task} has no due date to count from; nothing was changed. Say when it is due.",
        hasNoTime: "{task} is due on a day without a time; nothing was changed. Say at what time.",
        notRecurring: "{task} does not repeat; nothing was changed.", alreadyDone: "Already done: {task}.",
        notDone: "Not done yet, so there is nothing to reopen: {task}.", notDeleted: "Is not in the trash: {task}.",
        unclearDate: "“{text}” is no date that I can read; nothing was changed.",
        unclearAnswer: "I did not understand the answer, so nothing was changed.",
        noTask: "Which task? Say its number or words of its title.",
        tooMany: "These are too many at once; nothing was changed. At most {text}.",
        priorities: [.low: "low", .medium: "medium", .high: "high", .urgent: "urgent"], before: "before it is due",
        whenDue: "when it is due"
    )
}

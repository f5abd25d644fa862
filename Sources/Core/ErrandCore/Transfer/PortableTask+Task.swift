public import Interchange

extension PortableTask {
    /// A task as files of other programs tell it: who knows them loses what has no place there, and nothing else.
    public init(_ task: TodoTask) {
        self.init(title: task.title)
        key = task.id.description
        description = task.description
        priority = PortablePriority(rawValue: task.priority.rawValue)
        tags = task.tags.map(\.name)
        due = task.due.map(PortableDue.init)
        recurrence = task.series.flatMap(PortableRecurrence.init)
        reminders = task.reminders.map { PortableReminder($0.portable, repeatEvery: $0.repeatEvery) }
        isCompleted = task.isCompleted
        completedAt = task.completedAt
        createdAt = task.createdAt
        updatedAt = task.updatedAt
        isInTrash = task.isInTrash
    }
}

extension PortableDue {
    fileprivate init(_ due: Due) {
        switch due {
        case .date(let date): self.init(date: date)
        case .floating(let date, let time): self.init(date: date, time: time)
        case .zoned(let date, let time, let zone): self.init(date: date, time: time, zone: zone)
        }
    }
}

extension PortableRecurrence {
    /// - Returns: nil for a series that has ended.
    fileprivate init?(_ series: TaskSeries) {
        guard let recurrence = series.recurrence else { return nil }
        self.init(.rule(recurrence.rule), countsFromCompletion: recurrence.anchor == .completion)
        for exception in recurrence.exceptions {
            switch exception {
            case .day(let day): excludedDays.append(day)
            case .time(let time): excludedTimes.append(time)
            }
        }
        start = recurrence.start
    }
}

extension Reminder {
    fileprivate var portable: PortableReminder.Moment {
        switch moment {
        case .before(let span): .before(span)
        case .onDay(let days, let time): .onDay(daysBefore: days, time)
        case .at(let instant): .at(instant)
        }
    }
}

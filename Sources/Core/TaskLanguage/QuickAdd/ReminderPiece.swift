import CivilTime

/// A reminder as it was said; what it means can depend on a date that comes later in the line.
struct ReminderPiece {
    enum Moment {
        case before(CalendarSpan)
        case at(DuePiece)
    }

    let moment: Moment
    let range: Range<Int>

    init(_ moment: Moment, range: Range<Int>) {
        self.moment = moment
        self.range = range
    }
}

extension Cursor {
    /// "remind me 1 hour before", "remind me at 8am", "remind me".
    mutating func takeReminder() -> ReminderPiece.Moment? {
        attempt { cursor in
            guard cursor.take(cursor.words.remind) else { return nil }
            if let duration = cursor.attempt({ cursor -> CalendarSpan? in
                guard let duration = cursor.takeDuration(), cursor.take(cursor.words.before) else { return nil }
                return cursor.isAtBoundary ? duration : nil
            }) {
                return .before(duration)
            }
            var piece = DuePiece()
            if cursor.takeDue(into: &piece) {
                _ = cursor.take(cursor.words.to)
                return .at(piece)
            }
            let said = cursor.token(cursor.place - 1)?.text
            return cursor.isAtBoundary && (cursor.isAtClauseEnd || said == "to") ? .before(.zero) : nil
        }
    }

    /// Where a day that does not exist is named, such as "30 feb": how far it goes.
    func endOfImpossibleDate() -> (place: Int, bound: Int)? {
        var cursor = self
        _ = cursor.take(words.on)
        var trial = cursor
        if trial.take(words.months) != nil {
            guard let number = trial.takeNumber(), (30...99).contains(number), trial.isAtBoundary else { return nil }
        } else {
            trial = cursor
            let isYear = trial.current?.range.count == 4
            guard let first = trial.takeNumber() else { return nil }
            if isYear {
                guard trial.takeTouching("-"), trial.takeNumber(touching: true) != nil, trial.takeTouching("-"),
                    trial.takeNumber(touching: true) != nil, trial.isAtBoundary
                else { return nil }
                return (trial.place, reading.tokens[trial.place - 1].range.upperBound)
            }
            if trial.take(words.months) == nil {
                guard first < 100, trial.takeTouching("/"), let second = trial.takeNumber(touching: true),
                    first > 12 && second > 12 || second > 31 || first > 31, trial.isAtBoundary
                else { return nil }
            } else if !(30...99).contains(first) || !trial.isAtBoundary {
                return nil
            }
        }
        return (trial.place, reading.tokens[trial.place - 1].range.upperBound)
    }
}

public import CivilTime
public import ErrandCore
import Foundation

/// Says when something is, seen from one place at one moment.
public struct DueText: Sendable {
    private let zone: Zone
    private let today: LocalDate
    private let time: LocalTime

    /// - Parameter zone: Where the reader is.
    public init(now: Instant, zone: Zone) {
        self.zone = zone
        (today, time) = zone.local(at: now)
    }

    /// As short as it can be said: `today 18:00`, `Fri`, `30 Nov`, `30 Nov 2027`.
    public func short(_ due: Due) -> String {
        let (date, time) = local(due)
        return day(date) + (time.map { " \($0)" } ?? "")
    }

    /// In full, with the zone where one was given: `Mon 30 November 2026, 18:00 Europe/Paris`.
    public func long(_ due: Due) -> String {
        switch due {
        case .date(let date): return long(date)
        case .floating(let date, let time): return "\(long(date)), \(time)"
        case .zoned(let date, let time, let place):
            let here = local(due)
            let text = "\(long(date)), \(time) \(place.identifier)"
            return here == (date, time) ? text : "\(text) (here: \(short(due)))"
        }
    }

    /// When something happened: `today 18:00`.
    public func short(_ instant: Instant) -> String {
        let (date, time) = zone.local(at: instant)
        return "\(day(date)) \(DueText.minutes(time))"
    }

    /// Whether it is over here. The server has the last word: it knows when the user's day ends.
    public func isPast(_ due: Due) -> Bool {
        let (date, time) = local(due)
        guard let time else { return date < today }
        return (date, time) < (today, self.time)
    }

    public func isToday(_ due: Due) -> Bool { local(due).0 == today }

    private func local(_ due: Due) -> (LocalDate, LocalTime?) {
        switch due {
        case .date(let date): return (date, nil)
        case .floating(let date, let time): return (date, time)
        case .zoned(let date, let time, let place):
            let here = zone.local(at: place.instant(of: date, at: time))
            return (here.date, here.time)
        }
    }

    private func day(_ date: LocalDate) -> String {
        switch date.daysSinceEpoch - today.daysSinceEpoch {
        case -1: return "yesterday"
        case 0: return "today"
        case 1: return "tomorrow"
        case 2...6: return DueText.name(of: date.weekday)
        default:
            let text = "\(date.day) \(DueText.months[date.month - 1].prefix(3))"
            return date.year == today.year ? text : "\(text) \(date.year)"
        }
    }

    private func long(_ date: LocalDate) -> String {
        "\(DueText.name(of: date.weekday)) \(date.day) \(DueText.months[date.month - 1]) \(date.year)"
    }

    private static func name(of day: Weekday) -> String { String(day.name.prefix(3)).capitalized }

    private static func minutes(_ time: LocalTime) -> String { String(time.description.prefix(5)) }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

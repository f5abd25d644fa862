import CivilTime

extension Cursor {
    /// A zone behind a time.
    mutating func takeZone(into time: inout TimeMatch) {
        guard let found = attempt({ $0.takeZoneName() }) else { return }
        (time.zone, time.hasDoubtfulZone) = (found.zone, found.isDoubtful)
    }

    /// `Europe/Paris`, `UTC`, `EST`, "London time".
    mutating func takeZoneName() -> ZoneNames.Found? {
        if let zone = attempt({ $0.takeIdentifier() }) { return ZoneNames.Found(zone: zone, isDoubtful: false) }
        if let found = attempt({ $0.takeAbbreviation() }) { return found }
        return attempt { $0.takePlaceTime() }.map { ZoneNames.Found(zone: $0, isDoubtful: false) }
    }

    private mutating func takeAbbreviation() -> ZoneNames.Found? {
        guard let token = current, token.kind == .word, token.isUppercase || token.text.utf8.count > 2,
            let found = ZoneNames.abbreviation(token.text, home: reading.context.zone)
        else { return nil }
        place += 1
        // "GMT+2" does not say when the clocks change.
        if let next = current, !next.isApart, ["+", "-", "−"].contains(next.text) { return nil }
        _ = take(words.clock.zoneWord)
        return isAtBoundary ? found : nil
    }

    /// Up to three words before "time".
    private mutating func takePlaceTime() -> Zone? {
        var name = ""
        for _ in 0..<3 {
            guard let token = current, token.kind == .word else { return nil }
            name += name.isEmpty ? token.text : " " + token.text
            place += 1
            if let next = current, words.clock.zoneWord.contains(next.text), let zone = ZoneNames.place(name) {
                place += 1
                return isAtBoundary ? zone : nil
            }
        }
        return nil
    }

    /// A name of the IANA database.
    private mutating func takeIdentifier() -> Zone? {
        guard let first = current, first.kind == .word, first.isCapitalised, let slash = token(place + 1),
            slash.text == "/", !slash.isApart
        else { return nil }
        var name = ""
        var index = place
        while let token = token(index), index == place || !token.isApart, name.utf8.count < 64 {
            guard token.kind != .sign || "/_-+".contains(token.text) else { break }
            // Names are written with capitals; the tokens are not.
            name += token.isCapitalised ? token.text.prefix(1).uppercased() + token.text.dropFirst() : token.text
            index += 1
        }
        guard let zone = Zone(identifier: name) else { return nil }
        place = index
        return zone
    }
}

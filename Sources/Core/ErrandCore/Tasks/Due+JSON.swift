import CivilTime

extension Due {
    public var json: JSONValue {
        switch self {
        case .date(let date):
            ["kind": "date", "date": .string(date.description)]
        case .floating(let date, let time):
            ["kind": "floating", "date": .string(date.description), "time": .string(time.description)]
        case .zoned(let date, let time, let zone):
            [
                "kind": "zoned", "date": .string(date.description), "time": .string(time.description),
                "time_zone": .string(zone.identifier),
            ]
        }
    }
}

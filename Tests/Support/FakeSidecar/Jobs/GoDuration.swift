import CivilTime

/// A duration as Go writes it: `90s`, `1m30s`, `1.5h`, `250ms`
/// ([ParseDuration](https://pkg.go.dev/time#ParseDuration)).
struct GoDuration {
    let duration: Duration

    /// - Returns: nil for anything else, and for durations below zero.
    init?(_ text: some StringProtocol) {
        guard !text.isEmpty else { return nil }
        var rest = text[...]
        var seconds = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let number = Double(digits), let size = GoDuration.units[String(unit)] else { return nil }
            seconds += number * size
            rest = rest.dropFirst(digits.count + unit.count)
        }
        duration = .seconds(seconds)
    }

    /// In seconds.
    private static let units = [
        "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
    ]
}

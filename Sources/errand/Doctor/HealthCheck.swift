import ErrandCore

/// One thing that `errand doctor` looks at. It changes nothing, and what it says holds no secret.
protocol HealthCheck: Sendable {
    /// A word or two, for the table.
    var name: String { get }

    func run() async -> Finding
}

/// What a check has found.
struct Finding: Hashable, Sendable {
    enum Outcome: String, Sendable {
        case ok
        /// It works, but not as well or as safely as it could.
        case warning
        /// The server does not start, or does not do what it should.
        case failure
    }

    let outcome: Outcome
    /// What was seen, in a line.
    let found: String
    /// What to do about it, in a line; nil where nothing is to be done.
    let advice: String?

    static func ok(_ found: String) -> Finding { Finding(outcome: .ok, found: found, advice: nil) }
    static func warning(_ found: String, _ advice: String) -> Finding {
        Finding(outcome: .warning, found: found, advice: advice)
    }
    static func failure(_ found: String, _ advice: String) -> Finding {
        Finding(outcome: .failure, found: found, advice: advice)
    }
}

/// What all checks have found, in the order in which they are shown.
struct HealthReport: Sendable {
    /// For one check. Those that block have shorter limits of their own.
    static let limit = Duration.seconds(20)

    struct Line: Sendable {
        let name: String
        let finding: Finding
    }

    private(set) var lines: [Line] = []

    var isGood: Bool { !lines.contains { $0.finding.outcome == .failure } }

    mutating func append(_ name: String, _ finding: Finding) { lines.append(Line(name: name, finding: finding)) }

    /// Runs checks side by side.
    ///
    /// - Parameter limit: for each of them.
    mutating func run(_ checks: [any HealthCheck], within limit: Duration = HealthReport.limit) async {
        let found = await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await HealthReport.run(check, within: limit)) }
            }
            return await group.reduce(into: [Int: Finding]()) { $0[$1.0] = $1.1 }
        }
        for (index, check) in checks.enumerated() { if let finding = found[index] { append(check.name, finding) } }
    }

    private static func run(_ check: any HealthCheck, within limit: Duration) async -> Finding {
        let late = Finding.failure(
            "There was no answer within \(limit.components.seconds) s.", "Look at what it waits for.")
        return await withTaskGroup(of: Finding.self) { group in
            group.addTask { await check.run() }
            group.addTask {
                try? await Task.sleep(for: limit)
                return late
            }
            let first = await group.next() ?? late
            group.cancelAll()
            return first
        }
    }

    /// A line for each check, and one more where there is advice.
    var text: [String] {
        let width = lines.map(\.name.count).max() ?? 0
        return lines.flatMap { line in
            let head = line.finding.outcome.rawValue.padded(to: 8) + line.name.padded(to: width + 2)
            let advice = line.finding.advice.map { String(repeating: " ", count: head.count) + "→ " + $0 }
            return [head + line.finding.found] + (advice.map { [$0] } ?? [])
        }
    }

    var json: JSONValue {
        let checks = lines.map { line -> JSONValue in
            [
                "name": .string(line.name), "outcome": .string(line.finding.outcome.rawValue),
                "found": .string(line.finding.found), "advice": JSONValue(text: line.finding.advice),
            ]
        }
        return ["ok": .bool(isGood), "checks": .array(checks)]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}

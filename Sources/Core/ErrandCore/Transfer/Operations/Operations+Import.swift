import CivilTime
import Interchange

/// How an import is to be done.
public struct ImportOptions: Sendable {
    /// Whether only to say what would be done.
    public var isDryRun: Bool
    /// Whether settings of the account are taken over too, from a file that has them.
    public var takesSettings: Bool

    public init(isDryRun: Bool = false, takesSettings: Bool = false) {
        self.isDryRun = isDryRun
        self.takesSettings = takesSettings
    }
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
    /// Entries of the file that are done with.
    public let done: Int
    /// Entries that there are; nil while the file is gone through for the first time, and nothing is written.
    public let total: Int?

    /// `{done, total}`, with null for a total that is not known.
    public var json: JSONValue { ["done": JSONValue(done), "total": total.map { JSONValue($0) } ?? .null] }
}

extension Operations {
    /// Is told how far an import has come, after every slice; ends it by throwing.
    public typealias TellProgress = (ImportProgress) async throws(CancellationError) -> Void

    /// Takes the tasks of a file in, slice by slice: each is a transaction, so that others go on in between. Done again
    /// with the same file it creates what is missing, and nothing twice.
    ///
    /// - Parameters:
    ///   - correlation: the request that asks for it.
    ///   - tell: is told how far it has come.
    /// - Throws: ``ErrandError/invalid(_:)`` for a file that is like none that is known, that has more than
    ///   ``Limits/importTasksMax`` entries, or that breaks off or cannot be read at some place; nothing is written
    ///   then.
    public func importTasks(
        _ file: ImportFile, _ options: ImportOptions = ImportOptions(), as principal: Principal,
        for correlation: Correlation = .none, tell: TellProgress = { (_) async throws(CancellationError) in }
    ) async throws(ErrandError) -> ImportReport {
        let before = try await ask(ReadImportBasis(), as: principal)
        let format = try file.recognised()
        let (account, total) = try await check(file, as: format, in: before.settings.zone, tell)
        var report = ImportReport(format, isDryRun: options.isDryRun)
        try await take(account, options, as: principal, for: correlation, &report)
        // Settings may be others now.
        let basis = try await ask(ReadImportBasis(), as: principal)
        var reading = try await reading(file, as: format, in: basis.settings.zone)
        var planner = ImportPlanner(basis, format: format)
        while true {
            let (slice, isLast) = try readSlice(&reading, &planner, into: &report)
            if !slice.isEmpty {
                let outcomes = try await take(
                    slice, isDryRun: options.isDryRun, as: principal, for: correlation, &report)
                for (task, outcome) in zip(slice, outcomes) { report.add(task, outcome, in: basis.space) }
            }
            try await rest(ImportProgress(done: report.total, total: total), tell)
            if isLast { return report }
        }
    }

    private func take(
        _ account: ExportedAccount, _ options: ImportOptions, as principal: Principal, for correlation: Correlation,
        _ report: inout ImportReport
    ) async throws(ErrandError) {
        let importing = ImportAccount(account: account, takesSettings: options.takesSettings)
        let expected = try await ask(PreviewAccount(importing: importing), as: principal)
        guard !options.isDryRun, expected.filters > 0 || expected.hasSettings else { return report.add(expected) }
        report.add(try await perform(importing, as: principal, for: correlation).outcome)
    }

    private func take(
        _ slice: [ImportedTask], isDryRun: Bool, as principal: Principal, for correlation: Correlation,
        _ report: inout ImportReport
    ) async throws(ErrandError) -> [ImportOutcome] {
        let expected = try await ask(PreviewImport(tasks: slice), as: principal)
        // Where nothing is to be written, nobody has to wait for it.
        guard !isDryRun, expected.contains(.created) else { return expected }
        let earlier = report.undoToJoin(slice.count)
        let receipt = try await perform(ImportTasks(slice, joining: earlier), as: principal, for: correlation)
        if let token = receipt.undoToken { report.addUndo(token, of: slice.count, joins: earlier != nil) }
        return receipt.outcome
    }

    /// Reads the file from its beginning to its end.
    ///
    /// - Returns: what it has beside its tasks, and how many entries it has.
    private func check(
        _ file: ImportFile, as format: TaskFileFormat, in zone: Zone, _ tell: TellProgress
    ) async throws(ErrandError) -> (account: ExportedAccount, total: Int) {
        var reading = try await reading(file, as: format, in: zone)
        var total = 0
        while true {
            do throws(TaskFileError) {
                for _ in 0..<Limits.importSliceMax {
                    guard try reading.skip() else { return (reading.account, total) }
                    total += 1
                }
            } catch {
                throw ErrandError(error)
            }
            guard total <= Limits.importTasksMax else {
                throw .invalid("", .tooMany, "A file can have at most \(Limits.importTasksMax) tasks; split it.")
            }
            try await rest(ImportProgress(done: total, total: nil), tell)
        }
    }

    private func reading(
        _ file: ImportFile, as format: TaskFileFormat, in zone: Zone
    ) async throws(ErrandError) -> ImportReading {
        do throws(TaskFileError) {
            return try await ImportReading(file, as: format, in: zone)
        } catch {
            throw ErrandError(error)
        }
    }

    private func readSlice(
        _ reading: inout ImportReading, _ planner: inout ImportPlanner, into report: inout ImportReport
    ) throws(ErrandError) -> (tasks: [ImportedTask], isLast: Bool) {
        var tasks: [ImportedTask] = []
        for _ in 0..<Limits.importSliceMax {
            let next: ImportPlanner.Entry?
            do throws(TaskFileError) {
                next = try reading.next(&planner)
            } catch {
                throw ErrandError(error)
            }
            guard let entry = next else { return (tasks, true) }
            report.total += 1
            report.add(entry.notes)
            if let task = entry.task {
                tasks.append(task)
            } else {
                report.leftOut += 1
            }
        }
        return (tasks, false)
    }

    /// Lets others go first.
    private func rest(_ progress: ImportProgress, _ tell: TellProgress) async throws(ErrandError) {
        do throws(CancellationError) {
            try await tell(progress)
        } catch {
            throw .cancelled
        }
        await Task.yield()
        if Task.isCancelled { throw .cancelled }
    }
}

extension ErrandError {
    init(_ error: TaskFileError) {
        self = .invalid([
            FieldProblem(
                place: .line(error.line, column: error.column), code: .invalidValue,
                detail: error.detail
            )
        ])
    }
}

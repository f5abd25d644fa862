import Interchange

extension Operations {
    /// Takes the tasks of a file in, slice by slice: each is a transaction, so that others go on in between. Done again
    /// with the same file it creates what is missing, and nothing twice.
    ///
    /// - Parameters:
    ///   - isDryRun: whether only to say what would be done.
    ///   - correlation: the request that asks for it.
    /// - Throws: ``ErrandError/invalid(_:)`` for a file that is like none that is known, or that breaks off or cannot
    ///   be read at some place; nothing is written then.
    public func importTasks(
        _ file: ImportFile, isDryRun: Bool, as principal: Principal, for correlation: Correlation = .none
    ) async throws(ErrandError) -> ImportReport {
        let basis = try await ask(ReadImportBasis(), as: principal)
        let format = try file.recognised()
        try await check(file, as: format)
        var reading = try reading(file, as: format)
        var planner = ImportPlanner(basis, format: format)
        var report = ImportReport(format, isDryRun: isDryRun)
        while true {
            let (slice, isLast) = try readSlice(&reading, &planner, into: &report)
            if !slice.isEmpty {
                let outcomes = try await take(slice, isDryRun: isDryRun, as: principal, for: correlation, &report)
                for (task, outcome) in zip(slice, outcomes) { report.add(task, outcome, in: basis.space) }
            }
            if isLast { return report }
            try await rest()
        }
    }

    private func take(
        _ slice: [ImportedTask], isDryRun: Bool, as principal: Principal, for correlation: Correlation,
        _ report: inout ImportReport
    ) async throws(ErrandError) -> [ImportOutcome] {
        let expected = try await ask(PreviewImport(tasks: slice), as: principal)
        // Where nothing is to be written, nobody has to wait for it.
        guard !isDryRun, expected.contains(.created) else { return expected }
        let receipt = try await perform(ImportTasks(slice), as: principal, for: correlation)
        if let token = receipt.undoToken { report.undoTokens.append(token) }
        return receipt.outcome
    }

    /// Reads the file from its beginning to its end.
    private func check(_ file: ImportFile, as format: TaskFileFormat) async throws(ErrandError) {
        var reading = try reading(file, as: format)
        while true {
            do throws(TaskFileError) {
                for _ in 0..<Limits.importSliceMax where try !reading.skip() { return }
            } catch {
                throw ErrandError(error)
            }
            try await rest()
        }
    }

    private func reading(_ file: ImportFile, as format: TaskFileFormat) throws(ErrandError) -> ImportReading {
        do throws(TaskFileError) {
            return try ImportReading(file, as: format)
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
    private func rest() async throws(ErrandError) {
        await Task.yield()
        if Task.isCancelled { throw .cancelled }
    }
}

extension ErrandError {
    fileprivate init(_ error: TaskFileError) {
        self = .invalid([
            FieldProblem(
                place: .line(error.line, column: error.column), code: .invalidValue,
                detail: error.detail
            )
        ])
    }
}

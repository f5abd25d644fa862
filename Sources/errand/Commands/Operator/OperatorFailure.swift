import ArgumentParser

/// Why a command of the operator did not do what it was to do, in a sentence.
struct OperatorFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Does `work`; what goes wrong is told on standard error, and the exit status is 1.
    static func told(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let code as ExitCode {
            throw code
        } catch let error as any CustomStringConvertible & Error {
            Terminal.remark("errand: \(error)")
            throw ExitCode.failure
        }
    }
}

import Foundation
import Testing

/// The order of the log, whatever commits late, crashes or goes on with what it knew before.
@Suite struct LogModelTests {
    /// More by ERRAND_TEST_SCHEDULES.
    private static let count =
        ProcessInfo.processInfo.environment["ERRAND_TEST_SCHEDULES"].flatMap { UInt64($0) } ?? 100_000

    @Test func `every reader sees each event once, and those of a space in order`() {
        for seed in 0..<Self.count {
            let problems = Self.course(seed, nil)
            if !problems.isEmpty {
                Issue.record("seed \(seed): \(problems)")
                return
            }
        }
    }

    @Test(arguments: LogModel.Fault.allCases)
    func `a course shows what is done wrong`(_ fault: LogModel.Fault) {
        let found = (0..<20_000 as Range<UInt64>).first { !Self.course($0, fault).isEmpty }
        #expect(found != nil, "\(fault)")
    }

    private static func course(_ seed: UInt64, _ fault: LogModel.Fault?) -> [String] {
        var model = LogModel(seed: seed, fault: fault)
        for _ in 0..<model.any(60..<200) { model.step() }
        return model.finish()
    }
}

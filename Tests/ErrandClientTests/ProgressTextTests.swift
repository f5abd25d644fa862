import ErrandClient
import Testing

@Suite struct ProgressTextTests {
    @Test func `a bar is as long as there is room for, and full only at the end`() {
        let half = ProgressText(done: 50, total: 100)
        #expect(half.bar(width: 40) == "[##########..........]  50 %  50 of 100")
        #expect(half.bar(width: 40).count < 40, "a terminal would go on to the next line")
        #expect(half.bar(width: 200).count { $0 == "#" } == 20)
        #expect(half.bar(width: 20) == "50 %  50 of 100")
        #expect(ProgressText(done: 99_999, total: 100_000).percent == 99)
        #expect(!ProgressText(done: 100, total: 100).bar(width: 80).contains("."))
    }

    @Test func `without a whole there is no bar`() {
        let reading = ProgressText(done: 1_200, total: nil)
        #expect(reading.bar(width: 80) == "1200 read" && reading.percent == 0)
        #expect(ProgressText(done: 0, total: 0).percent == 0)
    }
}

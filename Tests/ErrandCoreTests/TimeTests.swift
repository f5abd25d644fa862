import CivilTime
import ErrandCore
import Testing

@Suite struct DurationTests {
    @Test(arguments: [
        ("PT1H", 3600, "PT1H"), ("PT90M", 5400, "PT1H30M"), ("P1D", 86_400, "P1D"), ("P2W", 1_209_600, "P2W"),
        ("P1DT1H", 90_000, "P1DT1H"), ("pt30m", 1800, "PT30M"), ("PT0S", 0, "PT0S"), ("P7D", 604_800, "P1W"),
    ])
    func `durations are read and written`(text: String, seconds: Int, written: String) throws {
        let duration = try #require(ISODuration(text))
        #expect(duration.duration == .seconds(seconds) && duration.description == written)
    }

    @Test(arguments: [
        "", "P", "PT", "1H", "P1M", "P1Y", "PT1", "PT1H1H", "P1H", "PT1D", "PT-1H", "P1DT", "PT999999999H",
    ])
    func `what is none is refused`(text: String) {
        #expect(ISODuration(text) == nil)
    }
}

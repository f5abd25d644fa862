import Interchange
import Testing

@Suite struct PortableTaskTests {
    @Test func `what Errand writes has a media type that says UTF-8`() {
        for format in TaskFileFormat.written where format != .json {
            #expect(format.mediaType.hasSuffix("charset=utf-8"), "\(format)")
        }
    }
}

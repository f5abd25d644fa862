import ErrandCore
import Foundation
import LanguageModels

/// `Tests/Fixtures/model-transcripts`: what servers have said, one file per habit. `.sse` is the body of a stream,
/// `.json` of an answer in one piece, `.http` a status, headers, and after an empty line a body.
struct Transcript {
    /// What became of reading one.
    struct Outcome: Hashable {
        /// What was told while it came.
        var told = ""
        var step: ModelStep?
        var fault: AnswerFault?
    }

    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ bytes: [UInt8]) {
        (self.name, self.bytes) = (name, bytes)
    }

    init(_ name: String) throws {
        self.name = name
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/model-transcripts")
        bytes = Array(try Data(contentsOf: folder.appending(path: name)))
    }

    private var dialect: ModelRequest.Dialect { name.hasPrefix("responses") ? .responses : .chat }

    /// Reads it in these pieces.
    func read(in pieces: [ArraySlice<UInt8>]) -> Outcome {
        var outcome = Outcome()
        var reader = AnswerReader(dialect)
        var made = 0
        do throws(AnswerFault) {
            for piece in pieces { outcome.told += try reader.read(Array(piece)) }
            outcome.told += try reader.finish()
            outcome.step = try reader.step {
                made += 1
                return "made_\(made)"
            }
        } catch {
            outcome.fault = error
        }
        return outcome
    }

    /// At once; byte by byte, so that every place is a cut; and in two pieces, at some thirty places.
    var waysToCut: [[ArraySlice<UInt8>]] {
        let places = stride(from: 0, to: bytes.count, by: max(1, bytes.count / 31))
        return [[bytes[...]], bytes.indices.map { bytes[$0...$0] }] + places.map { [bytes[..<$0], bytes[$0...]] }
    }

    // MARK: Of an `.http`

    private var parts: (head: [Substring], body: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let gap = text.range(of: "\n\n") else { return ([], text) }
        return (text[..<gap.lowerBound].split(separator: "\n"), String(text[gap.upperBound...]))
    }

    var status: Int { parts.head.first.flatMap { Int($0) } ?? 200 }
    var body: [UInt8] { Array(parts.body.utf8) }
    var headers: [(name: String, value: String)] {
        parts.head.dropFirst().map { line in
            let halves = line.split(separator: ":", maxSplits: 1)
            return (String(halves[0]), halves[1].trimmingCharacters(in: .whitespaces))
        }
    }
}

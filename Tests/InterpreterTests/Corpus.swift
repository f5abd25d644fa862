import CivilTime
import Foundation
import Interpreter
import Recurrence
import TaskLanguage

/// A conversation of a corpus, one line of a `.jsonl` file.
struct Conversation {
    let id: String
    let kind: String
    let context: LanguageContext
    let tasks: [ModelTask]
    let turns: [Turn]

    struct Turn {
        let said: String
        /// Any of them is right.
        let wanted: [Expectation]
    }

    static func corpus(at path: String) throws -> [Conversation] {
        let lines = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n")
        return try lines.map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                throw CorpusError(key: "object")
            }
            return try Conversation(Fields(object))
        }
    }

    private init(_ fields: Fields) throws {
        id = fields.text("id") ?? ""
        kind = fields.text("kind") ?? ""
        let language = Language(rawValue: fields.text("language") ?? fields.text("lang") ?? "en") ?? .english
        let zone = (fields.text("time_zone") ?? fields.text("zone")).flatMap { Zone(identifier: $0) }
        let now = fields.text("now").map { String($0.prefix(16)) }
        guard let moment = now.flatMap({ LocalDateTime($0) }) else { throw CorpusError(key: "now") }
        context = LanguageContext(now: moment, zone: zone, language: language)
        tasks = try fields.list("tasks").map { try ModelTask($0) }
        turns = try fields.list("turns").map { turn in
            let wanted = turn.has("expect_any") ? try turn.list("expect_any") : [try turn.object("expect")]
            return Turn(said: try turn.text("say", or: "user"), wanted: try wanted.map { try Expectation($0) })
        }
    }
}

/// What is wrong with a corpus: only ever a key, never what was said.
struct CorpusError: Error, CustomStringConvertible {
    let key: String
    var description: String { "The corpus is not readable at \(key)." }
}

/// A JSON object whose keys are asked for by name.
struct Fields {
    let values: [String: Any]

    init(_ values: [String: Any]) { self.values = values }

    func has(_ key: String) -> Bool { values[key] != nil }
    func isNull(_ key: String) -> Bool { values[key] is NSNull }
    func text(_ key: String) -> String? { values[key] as? String }

    func text(_ key: String, or other: String) throws -> String {
        guard let found = text(key) ?? text(other) else { throw CorpusError(key: key) }
        return found
    }

    func number(_ key: String) -> Int? { (values[key] as? NSNumber)?.intValue }
    func texts(_ key: String) -> [String]? { values[key] as? [String] }
    func numbers(_ key: String) -> [Int]? { (values[key] as? [NSNumber])?.map(\.intValue) }
    func flag(_ key: String) -> Bool { (values[key] as? NSNumber)?.boolValue ?? false }

    func object(_ key: String) throws -> Fields {
        guard let object = values[key] as? [String: Any] else { throw CorpusError(key: key) }
        return Fields(object)
    }

    func list(_ key: String) throws -> [Fields] {
        guard let list = values[key] as? [[String: Any]] else { throw CorpusError(key: key) }
        return list.map { Fields($0) }
    }
}

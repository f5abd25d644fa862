import TaskLanguage

/// The words of all titles, to be searched for words of a sentence. Made in one pass over the bytes, since there may be
/// many titles and one sentence asks for few.
final class TitleIndex {
    private let bytes: [UInt8]
    /// Where words begin and end.
    private let bounds: [Bound]
    /// Where the words of each title begin among all.
    private let firsts: [Int32]
    private let words: TalkWords
    private let endings: Set<[UInt8]>

    private struct Bound {
        let start: Int32
        let end: Int32
        let task: Int32
    }

    /// How well a word fits one of a title.
    enum Fit: Int, Comparable {
        /// The beginning of a longer word, or one letter off.
        case rough = 1
        /// Another form of the word.
        case inflected, exact

        static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
    }

    init(_ tasks: [KnownTask], _ words: TalkWords) {
        self.words = words
        endings = Set(words.endings.map { Array($0.utf8) } + [[]])
        var text = Text()
        text.reserve(tasks.count)
        for index in tasks.indices { text.add(tasks[index].title, Int32(index)) }
        (bytes, bounds) = (text.bytes, text.bounds)
        firsts = text.firsts + [Int32(bounds.count)]
    }

    /// All titles behind each other, as they are taken apart.
    private struct Text {
        var bytes: [UInt8] = []
        var bounds: [Bound] = []
        var firsts: [Int32] = []

        mutating func reserve(_ count: Int) {
            bytes.reserveCapacity(count * 40)
            bounds.reserveCapacity(count * 8)
            firsts.reserveCapacity(count + 1)
        }

        mutating func add(_ title: String, _ task: Int32) {
            firsts.append(Int32(bounds.count))
            var text = title
            if !title.utf8.allSatisfy({ $0 < 0x80 }) { text = title.lowercased().replacing("’", with: "'") }
            var start = bytes.count
            text.withUTF8 { utf8 in
                for byte in utf8 {
                    let isUpper = byte &- 0x41 < 26
                    if isUpper || byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 || byte == 0x27 {
                        bytes.append(isUpper ? byte | 0x20 : byte)
                    } else if bytes.count > start {
                        bounds.append(Bound(start: Int32(start), end: Int32(bytes.count), task: task))
                        start = bytes.count
                    }
                }
            }
            if bytes.count > start {
                bounds.append(Bound(start: Int32(start), end: Int32(bytes.count), task: task))
            }
        }
    }

    /// How many words of a title tell which task it is.
    func length(of task: Int) -> Int {
        (firsts[task]..<firsts[task + 1]).count { place in
            let bound = bounds[Int(place)]
            return !words.empty.contains(String(decoding: bytes[Int(bound.start)..<Int(bound.end)], as: UTF8.self))
        }
    }

    /// The tasks that have such a word, in their order, and how well it fits the best of theirs.
    func tasks(with word: String) -> [Hit] {
        var found: [Hit] = []
        let forms = ([word] + (words.irregular[word] ?? [])).map { Array($0.utf8) }.filter { !$0.isEmpty }
        let starts = Set(forms.map { $0[0] })
        for bound in bounds where starts.contains(bytes[Int(bound.start)]) {
            let title = bytes[Int(bound.start)..<Int(bound.end)]
            for (index, form) in forms.enumerated() where form[0] == bytes[Int(bound.start)] {
                guard let fit = fit(form, title, isPlain: index == 0) else { continue }
                if found.last?.task == Int(bound.task) {
                    if let last = found.last, last.fit < fit { found[found.count - 1] = Hit(task: last.task, fit: fit) }
                } else {
                    found.append(Hit(task: Int(bound.task), fit: fit))
                }
            }
        }
        return found
    }

    /// A task by its place, and how well a word fits it.
    struct Hit {
        let task: Int
        let fit: Fit
    }

    private func fit(_ word: [UInt8], _ title: ArraySlice<UInt8>, isPlain: Bool) -> Fit? {
        if word.elementsEqual(title) { return isPlain ? .exact : .inflected }
        var common = 0
        let limit = min(word.count, title.count)
        while common < limit, word[common] == title[title.startIndex + common] { common += 1 }
        if common >= 3, isInflected(word, title, common) { return .inflected }
        // "passp", "zahnarzt" of "zahnarzttermin".
        if common == word.count, word.count >= 4 { return words.joinsWords && word.count >= 5 ? .inflected : .rough }
        guard isPlain, max(word.count, title.count) >= 4, min(word.count, title.count) >= 3,
            !words.empty.contains(String(decoding: word, as: UTF8.self))
        else { return nil }
        return Slip.isOneOff(word, title) && isLongEnough(word, title) ? .rough : nil
    }

    /// "rest" is no slip of "rent".
    private func isLongEnough(_ word: [UInt8], _ title: ArraySlice<UInt8>) -> Bool {
        if word.count != title.count { return true }
        return word.count >= 5 || word.sorted() == title.sorted()
    }

    private func isInflected(_ word: [UInt8], _ title: ArraySlice<UInt8>, _ common: Int) -> Bool {
        let (left, right) = (Array(word[common...]), Array(title.dropFirst(common)))
        if endings.contains(left), endings.contains(right) { return left.isEmpty || right.isEmpty || left != right }
        // "planning" of "plan"
        guard let last = word[..<common].last else { return false }
        let isDoubled = left.first == last && endings.contains(Array(left.dropFirst())) && right.isEmpty
        return isDoubled || right.first == last && endings.contains(Array(right.dropFirst())) && left.isEmpty
    }
}

extension Slip {
    static func isOneOff(_ left: [UInt8], _ right: ArraySlice<UInt8>) -> Bool {
        isOneOff(String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self))
    }
}

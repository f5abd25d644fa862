/// The words of all titles, to be searched for words of a sentence. Made in one pass over the bytes, since there may be
/// many titles and one sentence asks for few.
final class TitleIndex {
    private var bytes: [UInt8] = []
    /// Where words begin and end.
    private var bounds: [(start: Int32, end: Int32, task: Int32)] = []
    private let words: TalkWords
    private let endings: Set<[UInt8]>
    private let empty: Set<[UInt8]>
    /// How many words of each title tell which task it is.
    private(set) var lengths: [Int]

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
        empty = Set(words.empty.map { Array($0.utf8) })
        lengths = Array(repeating: 0, count: tasks.count)
        bytes.reserveCapacity(tasks.count * 32)
        for (index, task) in tasks.enumerated() { add(task.title, Int32(index)) }
    }

    private func add(_ title: String, _ task: Int32) {
        let isPlain = title.utf8.allSatisfy { $0 < 0x80 }
        if isPlain { add(title.utf8, task) } else { add(title.lowercased().replacing("’", with: "'").utf8, task) }
    }

    private func add(_ title: some Sequence<UInt8>, _ task: Int32) {
        var start = bytes.count
        for byte in title {
            let isUpper = byte &- 0x41 < 26
            let isWord = isUpper || byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 || byte == 0x27
            if isWord {
                bytes.append(isUpper ? byte | 0x20 : byte)
            } else {
                close(&start, task)
            }
        }
        close(&start, task)
    }

    private func close(_ start: inout Int, _ task: Int32) {
        defer { start = bytes.count }
        guard bytes.count > start else { return }
        bounds.append((Int32(start), Int32(bytes.count), task))
        if !empty.contains(Array(bytes[start...])) { lengths[Int(task)] += 1 }
    }

    /// The tasks that have such a word, and how well it fits the best of theirs.
    func tasks(with word: String) -> [Int: Fit] {
        var found: [Int: Fit] = [:]
        for form in [word] + (words.irregular[word] ?? []) {
            let form = Array(form.utf8)
            guard let first = form.first else { continue }
            for bound in bounds where bytes[Int(bound.start)] == first {
                guard let fit = fit(form, bytes[Int(bound.start)..<Int(bound.end)], isPlain: form.elementsEqual(word.utf8))
                else { continue }
                let task = Int(bound.task)
                if found[task].map({ $0 < fit }) ?? true { found[task] = fit }
            }
        }
        return found
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

import ErrandCore
import Foundation
import TestSupport
import Testing

/// Folding, words and alphabetical order, by themselves.
@Suite struct LetterTests {
    private static let groups: [[String]] = [
        ["Straße", "STRASSE", "straẞe", "strasse"], ["ΟΔΥΣΣΕΥΣ", "οδυσσευς", "Ὀδυσσεύς"],
        ["Iı", "iİ", "ıI", "ii"], ["ёлка", "Елка", "е\u{308}лка"], ["чай", "ЧАИ\u{306}"],
        ["Łódź", "LODZ"], ["Đà Nẵng", "da nang"], ["Ærøskøbing", "AEROSKOBING"], ["þing", "Thing"],
        ["☀️", "☀"], ["👍🏽", "👍"], ["👩‍💻", "👩💻"], ["1️⃣", "1", "①", "１", "۱"],
        ["ｶﾞｽ", "ガス", "がす"], ["한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"],
        ["שָׁלוֹם", "שלום"], ["العَرَبيّة", "العربيه"], ["ख़बर", "खबर"], ["น\u{E48}\u{E38}", "น\u{E38}\u{E48}"],
        ["Kinder\u{AD}garten", "kindergarten"], ["ﬁn", "fin"], ["m²", "m2"], ["é\u{327}", "e\u{327}\u{301}"],
        // Marks of another script come between a letter and its own.
        ["й\u{E38}", "и\u{E38}\u{306}", "и\u{306}\u{E38}"], ["が\u{93C}", "か\u{93C}\u{3099}"],
        ["й\u{F35}", "и\u{F35}\u{306}"],
    ]

    @Test(arguments: groups)
    func `spellings that are alike have the same words`(_ spellings: [String]) {
        let words = spellings.map(SearchWords.words)
        #expect(Set(words).count == 1 && !words[0].isEmpty, "\(words)")
    }

    @Test(arguments: [
        ["чай", "чаи"], ["їжа", "іжа"], ["か", "が"], ["नद", "नदी"], ["กา", "ก่า"], ["o", "0"], ["ø", "ö1"],
    ])
    func `letters that are others have other words`(_ texts: [String]) {
        #expect(SearchWords.words(in: texts[0]) != SearchWords.words(in: texts[1]))
    }

    @Test func `runs become pairs, and searches phrases of them`() {
        #expect(SearchWords.words(in: "Am 日本語!") == ["am", "日本", "本語", "語"])
        #expect(SearchPhrase("本語", matchesPrefix: true).words == ["本語"])
        #expect(!SearchPhrase("本語", matchesPrefix: true).isOpen)
        #expect(SearchPhrase("本", matchesPrefix: false).isOpen)
        #expect(SearchPhrase("本 語", matchesPrefix: true).words == ["本", "語"])
        #expect(SearchPhrase("日本 語", matchesPrefix: true).words == ["日本", "本", "語"])
        #expect(SearchPhrase("🎉Par", matchesPrefix: true).words == ["🎉", "par"])
        #expect(SearchPhrase("🎉Par", matchesPrefix: true).isOpen)
        #expect(!SearchPhrase("Par", matchesPrefix: false).isOpen)
        #expect(SearchPhrase("!?", matchesPrefix: true).words.isEmpty)
        #expect(SearchWords.line(of: "plain text") == nil)
        #expect(SearchWords.line(of: "Öl 油") == "ol 油")
    }

    @Test func `the words of a text do not depend on its normalization`() {
        var random = RandomText(seed: .random(in: 0 ... .max))
        for _ in 0..<400 {
            let text = random.text()
            let forms = [
                text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
                text.precomposedStringWithCompatibilityMapping, text.decomposedStringWithCompatibilityMapping,
            ]
            #expect(Set(forms.map(SearchWords.words)).count == 1, "\(text.debugDescription)")
            #expect(Set(forms.prefix(2).map(CollationKey.key)).count == 1, "\(text.debugDescription)")
            #expect(Set(forms.map { Tag(name: $0).key }).count == 1, "\(text.debugDescription)")
        }
    }

    @Test func `tags disregard case and width, not accents`() {
        let alike = [
            ["Straße", "STRASSE"], ["İş", "iş", "IŞ"], ["☀️", "☀"], ["Ｗｏｒｋ", "work"], ["ΟΔΟΣ", "οδος"],
            ["e\u{301}", "É"], ["Ё", "ё"],
        ]
        for names in alike { #expect(Set(names.map { Tag(name: $0) }).count == 1, "\(names)") }
        for names in [["café", "cafe"], ["ё", "е"], ["ガス", "がす"], ["👍", "👍🏽"]] {
            #expect(Set(names.map { Tag(name: $0) }).count == 2, "\(names)")
        }
    }

    @Test func `keys are in an order, of a bounded size, and fit in a cursor`() {
        var random = RandomText(seed: .random(in: 0 ... .max))
        for _ in 0..<200 {
            let text = String(String.UnicodeScalarView(random.text(500).unicodeScalars.prefix(500)))
            let key = CollationKey.key(of: text)
            #expect(key.utf8.count <= CollationKey.bytesMax)
            #expect(!key.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C })
            // What comes behind a text is sorted behind it.
            let longer = CollationKey.key(of: text.prefix(100) + " b")
            #expect(CollationKey.key(of: String(text.prefix(100))).utf8.lexicographicallyPrecedes(longer.utf8))
        }
    }

    @Test func `numbers are sorted by their value`() {
        var generator = SeededGenerator(seed: .random(in: 0 ... .max))
        let numbers = (0..<300).map { _ in Int.random(in: 0...(1 << Int.random(in: 1...62)), using: &generator) }
        let texts = numbers.shuffled(using: &generator).map { "No. \($0)b" }
        #expect(texts.sortedAlphabetically { $0 } == numbers.sorted().map { "No. \($0)b" })
        let zeros = ["7", "07", "007", "8"]
        #expect(zeros.reversed().sortedAlphabetically { $0 } == zeros)
    }
}

/// Texts of all kinds of characters.
private struct RandomText {
    private var generator: SeededGenerator
    private static let ranges: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0x20...0x7E, 0xA1...0x24F, 0x300...0x314, 0x370...0x3FF, 0x400...0x4FF, 0x5D0...0x5EA,
        0x620...0x669, 0x905...0x96F, 0xE01...0xE4E, 0xE81...0xEC4, 0x1780...0x17D0, 0x1E00...0x1FFF, 0x2000...0x2BFF,
        0x3041...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFB00...0xFB4F, 0xFF01...0xFF9F, 0x1_F300...0x1_F6FF,
        0x2_0000...0x2_A6DF,
    ]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func text(_ count: Int = 12) -> String {
        var text = String.UnicodeScalarView()
        while text.count < count {
            let range = RandomText.ranges[Int.random(in: 0..<RandomText.ranges.count, using: &generator)]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.append(scalar) }
            }
        }
        return String(text)
    }
}

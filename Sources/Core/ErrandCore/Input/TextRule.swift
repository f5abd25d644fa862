import Foundation

/// What a piece of text may contain and how long it may be, in code points after trimming.
public struct TextRule: Sendable {
    public struct Violation: Error, Hashable, Sendable {
        public let code: FieldProblem.Code
        public let detail: String
    }

    let length: ClosedRange<Int>
    let trims: Bool
    let allows: @Sendable (Unicode.Scalar) -> Bool

    public static let title = TextRule(length: 1...Limits.titleLengthMax, trims: true, allows: isPrintable)
    public static let description = TextRule(
        length: 0...Limits.descriptionLengthMax, trims: false, allows: isPrintableOrLayout
    )
    /// No comma, since lists of tags in a query are separated by commas; no invisible characters,
    /// since two tags that look alike would not be alike.
    public static let tag = TextRule(length: 1...Limits.tagLengthMax, trims: true) {
        isPrintable($0) && $0 != "," && !isInvisible($0)
    }
    public static let recurrenceWords = TextRule(length: 1...500, trims: true, allows: isPrintable)
    public static let quickAdd = TextRule(length: 1...Limits.quickAddLengthMax, trims: false, allows: isPrintable)
    /// What a user says in a chat.
    public static let message = TextRule(length: 1...Limits.messageLengthMax, trims: true, allows: isPrintableOrLayout)
    /// What the assistant says.
    public static let answer = TextRule(length: 0...Limits.answerLengthMax, trims: false, allows: isPrintableOrLayout)
    public static let personName = TextRule(length: 0...Limits.nameLengthMax, trims: true) {
        isPrintable($0) && !isInvisible($0)
    }
    public static let tokenName = TextRule(length: 1...Limits.nameLengthMax, trims: true) {
        isPrintable($0) && !isInvisible($0)
    }
    /// What the owner of a channel calls it.
    public static let destinationName = TextRule(length: 1...Limits.destinationNameLengthMax, trims: true) {
        isPrintable($0) && !isInvisible($0)
    }
    /// What somebody calls a filter of theirs.
    public static let savedFilterName = TextRule(length: 1...Limits.savedFilterNameLengthMax, trims: true) {
        isPrintable($0) && !isInvisible($0)
    }
    /// What somebody calls a calendar feed of theirs.
    public static let feedName = TextRule(length: 1...Limits.feedNameLengthMax, trims: true) {
        isPrintable($0) && !isInvisible($0)
    }
    /// What somebody's computer calls a file.
    public static let fileName = TextRule(length: 1...Limits.fileNameLengthMax, trims: true, allows: isPrintable)
    public static let filterExpression = TextRule(
        length: 1...Limits.filterLengthMax, trims: true, allows: isPrintable
    )
    public static let password = TextRule(length: Limits.passwordLength, trims: false, allows: isPrintable)

    public func apply(to text: String) -> Result<String, Violation> {
        // Before trimming, which would take line breaks at the ends away unseen.
        guard text.unicodeScalars.allSatisfy(allows) else {
            return .failure(
                Violation(code: .invalidCharacters, detail: "Contains characters that are not allowed here."))
        }
        let candidate = trims ? text.trimmingCharacters(in: .whitespacesAndNewlines) : text
        let count = candidate.unicodeScalars.count
        if count < length.lowerBound {
            return .failure(
                count == 0
                    ? Violation(code: .tooShort, detail: "Must not be empty.")
                    : Violation(code: .tooShort, detail: "Must have at least \(length.lowerBound) characters.")
            )
        }
        if count > length.upperBound {
            return .failure(
                Violation(code: .tooLong, detail: "Must have at most \(length.upperBound) characters, has \(count).")
            )
        }
        return .success(candidate)
    }

    /// A text without what nobody can see: controls, marks that turn the direction of writing, and the like.
    static func legible(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.contains(where: { !isPrintableOrLayout($0) || isInvisible($0) }) else { return text }
        return String(String.UnicodeScalarView(scalars.filter { isPrintableOrLayout($0) && !isInvisible($0) }))
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
    }

    private static func isPrintableOrLayout(_ scalar: Unicode.Scalar) -> Bool {
        isPrintable(scalar) || scalar == "\n" || scalar == "\t" || scalar == "\r"
    }

    /// Bidirectional controls, zero-width space, soft hyphen and the like. The two joiners stay, because
    /// scripts and emoji need them (Unicode Standard §23.2).
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
            true
        default: false
        }
    }
}

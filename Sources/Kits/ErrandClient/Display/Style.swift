/// How a cell looks on a terminal with colours: the sixteen that every palette has.
public enum Style: Sendable {
    case faint, strong, red, yellow, green, cyan

    /// The text between the SGR sequences of ECMA-48 §8.3.117.
    public func applied(to text: String) -> String {
        "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private var code: Int {
        switch self {
        case .strong: 1
        case .faint: 2
        case .red: 31
        case .green: 32
        case .yellow: 33
        case .cyan: 36
        }
    }
}

/// What the output goes to.
public struct Screen: Equatable, Sendable {
    /// Columns; nil where lines may be of any length.
    public let width: Int?
    public let hasColour: Bool

    public static let file = Screen(width: nil, hasColour: false)

    public init(width: Int?, hasColour: Bool) {
        self.width = width
        self.hasColour = hasColour
    }

    /// The text, styled where there are colours.
    public func styled(_ text: String, _ style: Style?) -> String {
        guard hasColour, let style, !text.isEmpty else { return text }
        return style.applied(to: text)
    }
}

/// Rows of text in aligned columns, two spaces apart.
public struct Table: Sendable {
    public struct Column: Sendable {
        let isTrailing: Bool
        /// Down to this many columns it gives way when the screen is narrow; nil when it never does.
        let minimum: Int?

        /// Numbers: aligned at the end, never cut.
        public static let number = Column(isTrailing: true, minimum: nil)
        /// Text that is never cut.
        public static let fixed = Column(isTrailing: false, minimum: nil)

        /// Text that is cut when the screen is narrow, the last such column of the table first.
        public static func flexible(minimum: Int) -> Column { Column(isTrailing: false, minimum: minimum) }
    }

    public struct Cell: Sendable {
        let text: String
        let style: Style?

        /// - Parameter text: Anything; what a terminal would obey is left out.
        public init(_ text: String, _ style: Style? = nil) {
            self.text = PlainText.line(text)
            self.style = style
        }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []
    private static let gap = 2

    public init(columns: [Column]) {
        self.columns = columns
    }

    /// - Parameter cells: One per column.
    public mutating func append(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "A row has a cell for every column.")
        rows.append(cells)
    }

    public func lines(on screen: Screen) -> [String] {
        let widths = widths(on: screen)
        let visible = widths.indices.filter { widths[$0] > 0 }
        return rows.map { row in
            var line = ""
            var pending = 0
            for index in visible {
                let text = DisplayWidth.truncated(row[index].text, to: widths[index])
                let padding = widths[index] - DisplayWidth.of(text)
                if columns[index].isTrailing { pending += padding }
                if !text.isEmpty {
                    line += String(repeating: " ", count: pending) + screen.styled(text, row[index].style)
                    pending = 0
                }
                pending += Table.gap + (columns[index].isTrailing ? 0 : padding)
            }
            return line
        }
    }

    private func widths(on screen: Screen) -> [Int] {
        var widths = columns.indices.map { index in rows.map { DisplayWidth.of($0[index].text) }.max() ?? 0 }
        guard let limit = screen.width else { return widths }
        var excess = widths.reduce(0, +) + Table.gap * (widths.filter { $0 > 0 }.count - 1) - limit
        for index in columns.indices.reversed() where excess > 0 {
            guard let minimum = columns[index].minimum, widths[index] > minimum else { continue }
            let cut = min(excess, widths[index] - minimum)
            widths[index] -= cut
            excess -= cut
        }
        return widths
    }
}

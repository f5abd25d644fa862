/// Which tokens are quoted, or part of an address of the web.
enum ProtectedText {
    static func marks(_ tokens: [Token]) -> [Bool] {
        var marks = Array(repeating: false, count: tokens.count)
        var place = 0
        while place < tokens.count {
            let end = endOfQuotation(tokens, from: place) ?? endOfAddress(tokens, from: place)
            if let end {
                for index in place..<end { marks[index] = true }
                place = end
            } else {
                place += 1
            }
        }
        return marks
    }

    private static let closing = ["\"": "\"", "“": "”", "„": "“", "«": "»"]

    /// A quotation begins after space and ends somewhere; a quoted tag is none.
    private static func endOfQuotation(_ tokens: [Token], from place: Int) -> Int? {
        guard tokens[place].kind == .sign, tokens[place].isApart, let mark = closing[tokens[place].text] else {
            return nil
        }
        return tokens.indices.dropFirst(place + 1).first { tokens[$0].text == mark }.map { $0 + 1 }
    }

    private static func endOfAddress(_ tokens: [Token], from place: Int) -> Int? {
        guard tokens[place].isApart, tokens[place].kind == .word, place + 1 < tokens.count, !tokens[place + 1].isApart,
            tokens[place + 1].kind == .sign
        else { return nil }
        let following = tokens.dropFirst(place + 1).prefix(3)
        let isAddress =
            following.map(\.text) == [":", "/", "/"] && following.allSatisfy { !$0.isApart }
            || tokens[place].text == "www" && following.first?.text == "." && following.first?.isApart == false
        guard isAddress else { return nil }
        return tokens.indices.dropFirst(place + 1).first { tokens[$0].isApart } ?? tokens.count
    }
}

import ErrandCore
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-2,3.5,true,false,null,"x"],"b":{}}"#, #"[]"#, #""é\n\t\"\\""#, "0", "-7", #""🎉""#, #""\u0001""#,
        "9223372036854775807",
    ])
    func `what is read is written again`(_ text: String) throws {
        #expect(try JSONValue.parse(text).text == text)
    }

    @Test(arguments: [
        (#" { "a" : 1 } "#, #"{"a":1}"#), (#""\u00e9\ud83c\udf89\/""#, #""é🎉/""#), ("1.0", "1"), ("1e2", "100"),
        ("-0", "0"),
    ])
    func `other spellings of the same value are read`(_ text: String, _ written: String) throws {
        #expect(try JSONValue.parse(text).text == written)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "1e", "NaN", "tru",
        "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "\"a", "[1] 2",
        "{\"a\":1,\"a\":2}", "1e400", "\u{FEFF}1",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONValue.parse(text) }
    }

    @Test func `nesting has a limit`() throws {
        let limit = JSONValue.depthMax
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue.parse(nested(limit))
        #expect(throws: JSONError.self) { try JSONValue.parse(nested(limit + 2)) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [[0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF], [0x22, 0xC3, 0x22]] {
            #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
        }
    }

    @Test func `random bytes are read or refused, never worse`() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = Generator(state: seed)
        let alphabet = Array("{}[]\",:\\u0123456789abcdeftrnl .-+E\n\u{7F}é".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            if let value = try? JSONValue.parse(bytes) {
                #expect((try? JSONValue.parse(value.serialized())) == value, "seed \(seed)")
            }
        }
    }
}

/// A small generator whose sequence the seed decides (SplitMix64).
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Passwords that guessing programs try first (NIST SP 800-63B-4 §3.1.1.2 asks to refuse such).
///
/// Only those of eight characters and more need to be here. The list is short on purpose: rate limits stop
/// guessing at scale, this stops the first dozen guesses.
enum CommonPasswords {
    static func contains(_ password: String) -> Bool {
        let folded = password.caseFolded
        let characters = Set(folded)
        return characters.count <= 2 || known.contains(folded) || isSequence(folded)
    }

    private static let known: Set<String> = [
        "password", "password1", "password12", "password123", "password1234", "passw0rd", "p@ssw0rd", "p@ssword",
        "iloveyou", "princess", "sunshine", "football", "baseball", "superman", "trustno1", "starwars", "whatever",
        "computer", "internet", "michelle", "jennifer", "charlie1", "welcome1", "welcome123", "letmein1",
        "letmein123", "admin123", "administrator", "changeme", "changeme123", "qwerty123", "qwertyuiop", "qwerty12",
        "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "q1w2e3r4", "zaq12wsx", "asdfghjkl", "asdf1234", "zxcvbnm1",
        "abcd1234", "abc12345", "a1b2c3d4", "aa123456", "a1234567", "monkey123", "dragon123", "master123",
        "secret123", "test1234", "testtest", "correcthorsebatterystaple", "errand123", "errandpassword",
    ]

    /// `12345678`, `hgfedcba`: each character follows, or precedes, the one before.
    private static func isSequence(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps == [1] || steps == [-1]
    }
}

/// Scripts and style sheets without what only people read: comments, indentation, spaces where there is one already.
///
/// Lines stay lines, since their ends can mean something in JavaScript (ECMA-262 §12.10). Every other byte stays as it
/// was written, also within strings, templates and regular expressions. Where a text leaves any doubt, nil comes back,
/// and the text has to be used as it is.
public enum Lean {
    /// A script or module (ECMA-262).
    ///
    /// - Returns: nil where it could not be told what is code and what is not: a `/` behind a `}`, a character outside
    ///   of ASCII in code, a carriage return, what does not end.
    public static func script(_ source: some Sequence<UInt8>) -> [UInt8]? {
        var reader = ScriptReader(Array(source))
        return reader.read()
    }

    /// A style sheet (CSS Syntax 3).
    ///
    /// - Returns: nil where it could not be told what is code and what is not: an escape outside of a string, a comment
    ///   with no space on either side, a carriage return, what does not end.
    public static func style(_ source: some Sequence<UInt8>) -> [UInt8]? {
        var reader = StyleReader(Array(source))
        return reader.read()
    }
}

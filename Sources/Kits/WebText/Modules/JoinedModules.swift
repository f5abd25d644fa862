/// A module and all that it imports, joined into one file, so that a browser asks once and not a hundred times.
///
/// Each module becomes a block (ECMA-262 §14.2) with its own names, in the order in which they would run by themselves
/// (§16.2.1.5.3), at the address of the one that imports the others. At its own address stays a module that hands on
/// what is in the joined one, for what is loaded later: there is one of everything.
public struct JoinedModules: Sendable {
    /// By path: the joined file, at that of the first module, and what takes the place of each other one.
    public let files: [String: [UInt8]]

    /// Of one module, what others take from it. No module uses such a name itself.
    private static let part = "__part"

    /// - Parameters:
    ///   - entry: the path of the module that imports the others, "js/main.js".
    ///   - source: a module by its path; nil where there is none.
    /// - Returns: nil where joining could change what is done: modules that need each other in a circle, that wait
    ///   while they are loaded, so that what is loaded later would wait for all of it, or are written in a form that
    ///   ``ModuleText`` does not take apart.
    public init?(entry: String, source: @escaping (String) -> [UInt8]?) {
        var walk = Walk(source: source)
        guard walk.visit(entry), walk.isComplete,
            walk.modules.values.allSatisfy({ !$0.isWaiting && !$0.uses(Self.part) })
        else { return nil }
        let numbers = Dictionary(uniqueKeysWithValues: zip(walk.order, 0...))
        var (files, joined): ([String: [UInt8]], [UInt8]) = ([:], [])
        for (module, number) in zip(walk.order, 0...) {
            guard let text = walk.modules[module] else { return nil }
            joined += Self.block(text, number, at: entry, numbers)
            if module == entry {
                joined += Self.ending(text.exports, number).utf8
            } else {
                files[module] = Array(Self.stub(text.exports, number, at: module, to: entry).utf8)
            }
        }
        files[entry] = joined
        self.files = files
    }

    private static func block(_ text: ModuleText, _ number: Int, at path: String, _ numbers: [String: Int]) -> [UInt8] {
        let names = text.exports.joined(separator: ", ")
        return Array("const \(part)\(number) = {};\n{\n".utf8) + body(text, at: path, numbers)
            + Array("Object.assign(\(part)\(number), { \(names) });\n}\n".utf8)
    }

    /// After the last block: what the others hold, and what the last gives itself.
    private static func ending(_ exports: [String], _ number: Int) -> String {
        let parts = (0..<number).map { "\(part)\($0)" }
        return (parts.isEmpty ? "" : "export { \(parts.joined(separator: ", ")) };\n")
            + (exports.isEmpty ? "" : "export const { \(exports.joined(separator: ", ")) } = \(part)\(number);\n")
    }

    private static func body(_ text: ModuleText, at path: String, _ numbers: [String: Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for piece in text.pieces {
            switch piece {
            case .text(let slice): bytes += slice
            case .take(let one):
                if let pattern = one.pattern { bytes += "const \(pattern) = \(part)\(numbers[one.path] ?? 0);".utf8 }
            case .load(let target): bytes += "import(\"\(ModulePath.specifier(of: target, from: path))\")".utf8
            }
        }
        return bytes
    }

    private static func stub(_ exports: [String], _ number: Int, at module: String, to path: String) -> String {
        let address = ModulePath.specifier(of: path, from: module)
        if exports.isEmpty { return "import \"\(address)\";\n" }
        return """
            import { \(part)\(number) } from "\(address)";
            export const { \(exports.joined(separator: ", ")) } = \(part)\(number);

            """
    }

    /// What a module needs comes before it.
    private struct Walk {
        let source: (String) -> [UInt8]?
        private(set) var modules: [String: ModuleText] = [:]
        private(set) var order: [String] = []
        private var open: Set<String> = []

        init(source: @escaping (String) -> [UInt8]?) { self.source = source }

        /// Whether every name that is taken is given: `const a = 1, b = 2` gives more than is seen here.
        var isComplete: Bool {
            modules.values.allSatisfy { module in
                module.pieces.allSatisfy { piece in
                    guard case .take(let one) = piece else { return true }
                    return Set(one.names).isSubset(of: modules[one.path]?.exports ?? [])
                }
            }
        }

        /// - Returns: false where something is missing, cannot be taken apart, or needs itself.
        mutating func visit(_ path: String) -> Bool {
            if modules[path] != nil { return !open.contains(path) }
            guard let bytes = source(path), let module = ModuleText(bytes, path: path) else { return false }
            modules[path] = module
            open.insert(path)
            for needed in module.needed { guard visit(needed) else { return false } }
            open.remove(path)
            order.append(path)
            return true
        }
    }
}

extension ModuleText {
    /// Whether some name in it may begin so.
    fileprivate func uses(_ prefix: String) -> Bool {
        let wanted = Array(prefix.utf8)
        return pieces.contains { piece in
            guard case .text(let slice) = piece else { return false }
            return slice.firstRange(of: wanted) != nil
        }
    }
}

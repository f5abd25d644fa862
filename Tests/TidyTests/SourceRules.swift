import Testing

/// Rules about single files, as functions of their text so that they can be tried on planted faults.
enum SourceRules {
    static let lineLengthMax = 120
    static let fileLengthMax = 400
    static let functionLengthMax = 60

    static func longLines(_ file: Project.File) -> [String] {
        file.violations { $0.count > lineLengthMax }
    }

    /// Functions by their braces: from a line with `func`, `init` or a test's name to the brace that closes it.
    static func longFunctions(_ file: Project.File) -> [String] {
        var violations: [String] = []
        var start: (line: Int, indent: Int)?
        for (number, line) in file.lines {
            let indent = line.prefix { $0 == " " }.count
            let code = line.dropFirst(indent)
            if start == nil, code.contains("func ") || code.contains("init"),
                code.contains(
                    #/^(@\w+(\(.*\))? )*((public|package|private|fileprivate|static|mutating|override) )*(func|init)\b/#
                )
            {
                start = (number, indent)
            }
            if let begun = start, indent == begun.indent, code.hasPrefix("}") {
                if number - begun.line + 1 > functionLengthMax { violations.append("\(file.path):\(begun.line)") }
                start = nil
            } else if let begun = start, number > begun.line, indent <= begun.indent, !code.isEmpty,
                !code.hasPrefix(")")
            {
                start = nil
            }
        }
        return violations
    }

    /// Words that hide a decision or a fault.
    static func bannedWords(_ file: Project.File) -> [String] {
        let words = ["try" + "!", " as" + "! ", "fatal" + "Error(", "TO" + "DO", "FIX" + "ME"]
        // A component of iCalendar ends like one of them.
        let component = "VTO" + "DO"
        return file.violations { line in
            guard words.contains(where: { line.contains($0) }) else { return false }
            let rest = line.replacing(component, with: "")
            return words.contains { rest.contains($0) }
        }
    }

    /// What a process is put together from, in code that must not know it. Comments may say what a thing is for.
    static func knowledgeOfModes(_ file: Project.File) -> [String] {
        file.violations { line in
            let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
            return code.contains(#/(?i)kafka|dapr|sidecar|postgres|sqlite|distributed|embedded[^(]/#)
        }
    }

    static func vagueNames(_ file: Project.File) -> [String] {
        // Most lines hold none of these words, and to look for a word is quicker than for a pattern.
        let vague = ["Manager", "Helper", "Utils", "Common", "Impl"]
        return file.violations { line in
            vague.contains { line.contains($0) }
                && line.contains(#/\b(class|struct|enum|actor|protocol) \w*(Manager|Helper|Utils|Common|Impl)\b/#)
        }
    }

    /// Time and chance come through `Environment`, or tests could not hold them still.
    static func hiddenInputs(_ file: Project.File) -> [String] {
        file.violations { $0.contains(#/\b(Date|UUID)\(\)/#) }
    }

    /// Clients that know nothing of our time-outs, limits and guard. `HTTPCalls` is the place for calls.
    static func otherClients(_ file: Project.File) -> [String] {
        let foundation = "URL" + "Session"
        let networking = "Foundation" + "Networking"
        let isKit = file.path.hasPrefix("Sources/Kits/HTTPCalls/")
        return file.violations { line in
            line.contains(foundation) || line.contains(networking)
                || !isKit && line.contains("import Async") && line.contains(#/^(\w+ )?import AsyncHTTPClient\b/#)
        }
    }

    /// What is done about types of events is in one table: nothing else compares them or names them by text.
    static func comparedEventTypes(_ file: Project.File) -> [String] {
        let table = "Sources/Core/ErrandCore/Events/EventTypes.swift"
        if file.path == table { return [] }
        let subjects = "task|reminder|notification|channel|inbox|account|settings|password|token|session"
        // As text: "task.created". As a comparison: event.type == …, kind != .created, … == EventType.taskCreated. As a
        // switch: switch event.type, case .taskCreated.
        guard
            let comparison = try? Regex(
                #"""
                (?x) "(?:\#(subjects))\.[a-z_]+"
                | \b(?:event\.type|cause)\ ?(?:==|!=)
                | \bkind\ (?:==|!=)\ \.(?:created|updated|completed|reopened|skipped|deleted|restored)\b
                | (?:==|!=)\ (?:EventType|TaskEvent|ReminderEvent|StateUpdate)\b
                | (?:==|!=|\bcase)\ (?:\.\w+,\ )*\.(?:\#(subjects))[A-Z]\w*ed\b
                | (?:==|!=|\bcase)\ (?:\.\w+,\ )*\.(?:reminderTrigger|inboxRead|notificationRead)\b
                | \bswitch\ (?:\w+\.)*(?:event\.type|cause)\b
                """#)
        else { return ["\(file.path): the rule cannot be read"] }
        return file.violations { line in
            guard line.contains("=") || line.contains("\"") || line.contains("case .") || line.contains("switch ")
            else {
                return false
            }
            let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
            return code.contains(comparison.wordBoundaryKind(.simple))
        }
    }

    static func looseTasks(_ file: Project.File) -> [String] {
        file.violations { $0.contains("Task") && $0.contains(#/\bTask(\.detached)? ?\{/#) }
    }

    /// Suites that run beside everything else, where a test's time is that of all others, and are yet held to a time:
    /// by a limit of minutes, or by an expectation.
    ///
    /// - Parameter turns: names suites and targets with a turn of their own, by all or by a part of the name.
    static func hurriedSuites(_ file: Project.File, turns: String) -> [String] {
        let target = file.path.split(separator: "/").dropFirst().prefix(1)
        let suites = file.text.matches(of: #/\bstruct (\w+Tests)\b/#).map(\.1)
        let named = turns.split { !$0.isLetter }.filter { $0.hasSuffix("Tests") }
        guard !(target + suites).contains(where: { suite in named.contains { suite.contains($0) } }) else { return [] }
        return file.violations { line in
            line.contains("timeLimit") && line.contains(#/\.timeLimit\(\.minutes\([1-9]\)/#)
                || line.contains("#expect(") && line.contains(#/ < .*\.(seconds|milliseconds|microseconds)\(/#)
        }
    }

    static func unexplainedUnchecked(_ file: Project.File) -> [String] {
        let lines = file.lines
        return lines.indices.filter { index in
            lines[index].text.contains("@unchecked " + "Sendable")
                && (index == 0 || !lines[index - 1].text.contains("//"))
        }.map { "\(file.path):\(lines[$0].number)" }
    }

    static func imports(_ file: Project.File) -> [(module: String, line: Int)] {
        file.lines.compactMap { number, line in
            !line.contains("import ")
                ? nil
                : line.prefixMatch(of: #/((public|package|private|internal) )?(@\w+ )?import (\w+)/#).map {
                    (String($0.4), number)
                }
        }
    }
}

@Suite struct PlantedFaultTests {
    private func file(_ text: String) -> Project.File { Project.File(path: "Planted.swift", text: text) }

    @Test func `each rule finds what it is for`() {
        #expect(SourceRules.longLines(file(String(repeating: "x", count: 121))).count == 1)
        let body = String(repeating: "        x()\n", count: 60)
        #expect(SourceRules.longFunctions(file("struct A {\n    func f() {\n\(body)    }\n}")).count == 1)
        #expect(SourceRules.longFunctions(file("struct A {\n    func f() {\n        x()\n    }\n}")).isEmpty)
        #expect(SourceRules.bannedWords(file("let x = try" + "! f()")).count == 1)
        #expect(SourceRules.bannedWords(file("// TO" + "DO: BEGIN:VTO" + "DO")).count == 1)
        #expect(SourceRules.bannedWords(file("BEGIN:VTO" + "DO")).isEmpty)
        #expect(SourceRules.knowledgeOfModes(file("if usesKaf" + "ka {")).count == 1)
        #expect(SourceRules.knowledgeOfModes(file("let a = 1 // over Kaf" + "ka too")).isEmpty)
        #expect(SourceRules.vagueNames(file("final class Task" + "Manager {")).count == 1)
        #expect(SourceRules.hiddenInputs(file("let now = Date" + "()")).count == 1)
        #expect(SourceRules.otherClients(file("let session = URL" + "Session.shared")).count == 1)
        #expect(SourceRules.otherClients(file("import Foundation" + "Networking")).count == 1)
        #expect(SourceRules.otherClients(file("public import AsyncHTTPClient")).count == 1)
        #expect(SourceRules.otherClients(file("/// Like that of AsyncHTTPClient.")).isEmpty)
        let kit = Project.File(path: "Sources/Kits/HTTPCalls/A.swift", text: "import AsyncHTTPClient")
        #expect(SourceRules.otherClients(kit).isEmpty)
        for fault in [
            "if event.type == .taskCreated {", "guard kind != .completed else {", "if kind == .reopened {",
            "where $0.type == EventType.reminderTrigger", "if name == \"task.created\" {", "case .taskDeleted: 1",
            "case .taskCreated, .taskUpdated: 1", "switch stored.event.type {", "x == .reminderTrigger ? 1 : 2",
        ] {
            #expect(SourceRules.comparedEventTypes(file(fault)).count == 1, "\(fault)")
        }
        for right in [
            "try record(.taskCreated)", "if types.contains(event.type) {", "if due.kind == .zoned {",
            "case .created: .taskCreated", "// unlike \"task.created\"", "expected: \"a type, task.updated say\"",
        ] {
            #expect(SourceRules.comparedEventTypes(file(right)).isEmpty, "\(right)")
        }
        #expect(SourceRules.looseTasks(file("Task {")).count == 1)
        #expect(SourceRules.looseTasks(file("struct TodoTask {")).isEmpty)
        let hurried = "@Suite(.time" + "Limit(.minutes(1))) struct QuickTests {"
        #expect(SourceRules.hurriedSuites(file(hurried), turns: "sockets='SlowTests'").count == 1)
        #expect(SourceRules.hurriedSuites(file(hurried), turns: "sockets='SlowTests|QuickTests'").isEmpty)
        let timed = "struct QuickTests {\n    #expect(many < few * 3 + .micro" + "seconds(300))"
        #expect(SourceRules.hurriedSuites(file(timed), turns: "sockets='SlowTests'").count == 1)
        #expect(SourceRules.unexplainedUnchecked(file("\nclass A: @unchecked " + "Sendable {")).count == 1)
        #expect(
            SourceRules.imports(file("public import GRDB\nimport Foundation")).map(\.module) == ["GRDB", "Foundation"])
    }
}

import ErrandCore
import Foundation
import LanguageModels
import Testing

/// What is understood of each transcript, however the network cuts it.
@Suite struct TranscriptTests {
    private static func step(
        _ text: String = "", _ calls: [ModelCall] = [], _ ending: ModelStep.Ending = .complete,
        used: (Int, Int) = (0, 0),
        echo: JSONValue = .null
    ) -> ModelStep {
        ModelStep(
            text: text, calls: calls, ending: ending, usage: ModelUsage(input: used.0, output: used.1), echo: echo
        )
    }

    private static func call(
        _ id: String, _ name: String, _ arguments: String = "{}", echo: JSONValue = .null
    ) -> ModelCall {
        ModelCall(id: id, name: name, arguments: arguments, echo: echo)
    }

    private static let milk = call("call_1", "add_task", #"{"title":"Milk"}"#)
    private static let signature: JSONValue = [
        "chat": ["extra_content": ["google": ["thought_signature": "CpcBAdHtim9+/x=="]]]
    ]

    static let steps: [String: ModelStep] = [
        "openai-fragments.sse": step(
            calls: [
                call("call_Kf2", "add_task", #"{"title":"Milk"}"#),
                call("call_Lw9", "list_tasks", #"{"status":"pending"}"#),
            ], used: (82, 17)
        ),
        "azure-empty-first-chunk.sse": step("Two tasks are due."),
        "ollama-whole-call.sse": step(calls: [call("call_8ab", "add_task", #"{"title":"Milk"}"#)], used: (171, 22)),
        "vllm-new-id-same-index.sse": step(calls: [
            call("chatcmpl-tool-1", "complete_task", #"{"task_id":1}"#),
            call("chatcmpl-tool-2", "complete_task", #"{"task_id":2}"#),
        ]),
        "gemini-no-index.sse": step(
            calls: [
                call("function-call-1", "add_task", #"{"title":"Milk"}"#, echo: signature),
                call("function-call-2", "add_task", #"{"title":"Bread"}"#),
            ], used: (40, 9)
        ),
        "gemini-no-index-no-id.sse": step(calls: [
            call("made_1", "add_task", #"{"title":"Milk"}"#), call("made_2", "add_task", #"{"title":"Bread"}"#),
        ]),
        "name-repeated.sse": step(calls: [milk]),
        "name-in-pieces.sse": step(calls: [milk]),
        "object-arguments.sse": step(calls: [call("call_1", "add_task", #"{"title":"Milk","tags":["shop"]}"#)]),
        "string-arguments.sse": step(calls: [milk]),
        "empty-arguments.sse": step(calls: [
            call("call_1", "list_tasks"), call("call_2", "list_tags"), call("call_3", "list_reminders"),
        ]),
        "missing-id.sse": step(calls: [call("made_1", "list_tasks"), call("made_2", "list_tags")]),
        "crlf-and-comments.sse": step("Two tasks."),
        "returns-alone.sse": step("Two tasks."),
        "split-utf8.sse": step("Grüße — 买牛奶 🥛, ça va? 👩‍👩‍👧"),
        "no-done.sse": step("Two tasks."),
        "tool-calls-without-calls.sse": step("There is nothing to do."),
        "calls-with-stop.sse": step("One moment.", [call("call_1", "list_tasks")]),
        "cut-at-length.sse": step(calls: [call("call_1", "add_task", #"{"title":"Mi"#)], .tooLong, used: (82, 17)),
        "held-back.sse": step("I", [], .filtered),
        "thinking.sse": step("Two tasks."),
        "other-choices.sse": step("Two tasks."),
        "refusal.sse": step("I can't help with that."),
        "whole-answer.json": step("One moment.", [milk], used: (82, 17)),
        "responses-happy-path.sse": step("One moment.", [milk], used: (61, 33), echo: replay),
        "responses-whole-answer.json": step("One moment.", [milk], used: (61, 33), echo: replay),
        "responses-without-indices.sse": step(
            calls: [milk], used: (61, 33),
            echo: [
                "responses": [
                    [
                        "id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1",
                        "name": "add_task", "arguments": #"{"title":"Milk"}"#,
                    ]
                ]
            ]
        ),
        "responses-incomplete.sse": step("One mo", [], .tooLong, used: (61, 33)),
        "responses-refusal.sse": step("I can't.", used: (61, 33)),
    ]

    /// Thought, text and call, as they came.
    private static let replay: JSONValue = [
        "responses": [
            ["id": "rs_1", "type": "reasoning", "summary": [], "encrypted_content": "gAAAAABo"],
            [
                "id": "msg_1", "type": "message", "role": "assistant", "status": "completed",
                "content": [["type": "output_text", "text": "One moment.", "annotations": []]],
            ],
            [
                "id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1", "name": "add_task",
                "arguments": #"{"title":"Milk"}"#,
            ],
        ]
    ]

    /// Calls alone, so that their label can be left out above where there is text.
    private static func step(
        calls: [ModelCall], _ ending: ModelStep.Ending = .complete, used: (Int, Int) = (0, 0), echo: JSONValue = .null
    ) -> ModelStep {
        step("", calls, ending, used: used, echo: echo)
    }

    @Test(arguments: steps.keys.sorted()) func `an answer is understood, however it is cut`(_ name: String) throws {
        let transcript = try Transcript(name)
        let expected = try #require(TranscriptTests.steps[name])
        for pieces in transcript.waysToCut {
            let outcome = transcript.read(in: pieces)
            guard outcome.step == expected, outcome.told == expected.text else {
                Issue.record("\(name) in \(pieces.count), \(pieces[0].count): \(outcome)")
                return
            }
        }
    }

    enum Fault: Hashable {
        case refused(Int)
        case brokenOff
    }

    static let faults: [String: Fault] = [
        "error-inside-stream.sse": .refused(503), "error-field-inside-stream.sse": .refused(500),
        "cut-stream.sse": .brokenOff, "cut-text.sse": .brokenOff, "responses-cut.sse": .brokenOff,
        "responses-failed.sse": .refused(500), "responses-error.sse": .refused(429),
    ]

    @Test(arguments: faults.keys.sorted()) func `an answer that is none gives no step`(_ name: String) throws {
        let transcript = try Transcript(name)
        for pieces in transcript.waysToCut {
            let outcome = transcript.read(in: pieces)
            #expect(outcome.step == nil)
            switch (TranscriptTests.faults[name], outcome.fault) {
            case (.refused(let status), .refused(let refusal)): #expect(refusal.status == status)
            case (.brokenOff, .brokenOff): break
            default: Issue.record("\(name) in \(pieces.count): \(outcome)")
            }
        }
    }

    @Test func `every transcript is read by some test`() throws {
        let folder = try Transcript.names()
        let read = Set(TranscriptTests.steps.keys).union(TranscriptTests.faults.keys)
        #expect(folder.filter { !$0.hasSuffix(".http") }.sorted() == read.sorted())
    }

    /// Whatever stands between a server and us, and a server that has gone mad.
    @Test(arguments: [
        "<html><body>502</body></html>", "{\"choices\":[]}", "{}", "[]", "data: [DONE",
        "data: {}\n\ndata: nonsense\n\n",
        "data: 1\n\n", "data: \"text\"\n\n", "hello", ": comment\n\n", "", "\n\n\n", "data: [DONE]\n\n{\"a\":",
        "{\"choices\":[{\"message\":", "data: {\"choices\":{\"index\":0}}\n\n", "data: {\"choices\":[7]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[3,{\"function\":7}]}}]}\n\n",
    ])
    func `nonsense gives no calls and no text`(_ text: String) {
        for dialect in [ModelRequest.Dialect.chat, .responses] {
            var reader = AnswerReader(dialect)
            do throws(AnswerFault) {
                #expect(try reader.read(Array(text.utf8)) == "")
                #expect(try reader.finish() == "")
                let step = try reader.step { "made" }
                #expect(step.text == "" && step.calls.allSatisfy { $0.name.isEmpty })
            } catch {
                // As it should be.
            }
        }
    }

    @Test func `broken bytes harm nobody`() throws {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for name in try Transcript.names().sorted() where !name.hasSuffix(".http") {
            let whole = try Transcript(name)
            for _ in 0..<10 {
                var bytes = whole.bytes
                for _ in 0..<3 { bytes[random(bytes.count)] = UInt8(random(256)) }
                let outcome = Transcript(name, bytes).read(in: [bytes[...]])
                #expect(outcome.fault != nil || outcome.step?.text == outcome.told)
            }
        }
    }

    @Test func `an answer has its limits`() {
        let word = String(repeating: "word ", count: 1000)
        let chunk = Array(#"data: {"choices":[{"index":0,"delta":{"content":"\#(word)"}}]}"#.utf8) + [0x0A, 0x0A]
        #expect(refused(chunk, times: 60) == .tooLarge)
        let arguments = Array(
            #"data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\#(word)"}}]}}]}"#.utf8
        )
        #expect(refused(arguments + [0x0A, 0x0A], times: 60) == .tooLarge)
        let call = Array(#"data: {"choices":[{"delta":{"tool_calls":[{"id":"","function":{"name":"a","#.utf8)
        let whole = call + Array(#""arguments":"{}"}}]}}]}"#.utf8) + [0x0A, 0x0A]
        #expect(refused(whole, times: 100) == .tooLarge)
        #expect(refused(Array(repeating: 0x61, count: 100_000), times: 30) == .tooLarge)
        #expect(refused(Array(String(repeating: ": comment\n", count: 1000).utf8), times: 1000) == .tooLarge)
    }

    private func refused(_ piece: [UInt8], times: Int) -> AnswerFault? {
        var reader = AnswerReader(.chat)
        do throws(AnswerFault) {
            for _ in 0..<times { _ = try reader.read(piece) }
            return nil
        } catch {
            return error
        }
    }
}

extension Transcript {
    static func names() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/model-transcripts")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
    }
}

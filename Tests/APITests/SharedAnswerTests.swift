import APIService
import ErrandCore
import Hummingbird
import TestSupport
import Testing

/// Who asks the same meanwhile is given one answer, and never one that is older than the question.
@Suite struct SharedAnswerTests {
    private let shared = SharedAnswers()
    private let question: RecentAnswers.Question

    init() throws {
        question = RecentAnswers.Question(member: try SharedAnswerTests.id(), target: "/", isPacked: false)
    }

    private static func id() throws -> UserID { try #require(UserID("0198f2d0-1b7c-7e21-8a4f-90c1d2e3f405")) }

    private func answer(_ tag: String) -> ReadyAnswer {
        ReadyAnswer(tag: tag, response: Response(status: .ok), moment: nil)
    }

    private func lookup(
        _ question: RecentAnswers.Question? = nil, at moment: AnswerMoment?
    ) async throws -> AnswerLookup {
        guard case .lookup(let lookup) = await shared.seat(question ?? self.question, at: moment) else {
            throw ErrandError.unavailable
        }
        return lookup
    }

    /// What somebody is told who asks while an answer is looked up, which is found as soon as that caller waits for it.
    ///
    /// - Returns: a tag; nil where the caller has to look it up as well.
    private func told(
        _ moment: AnswerMoment?, while lookup: AnswerLookup, finds answer: ReadyAnswer?
    ) async -> String? {
        async let seat = shared.seat(question, at: moment)
        let isOpen = lookup.takes(at: moment)
        while isOpen, lookup.waiting == 0 { await Task.yield() }
        if isOpen { shared.end(lookup, of: question, with: answer) }
        let taken = await seat
        if !isOpen { shared.end(lookup, of: question, with: answer) }
        switch taken {
        case .answer(let answer): return answer.tag
        case .lookup(let own):
            #expect(own !== lookup)
            shared.end(own, of: question, with: nil)
            return nil
        }
    }

    private let early = AnswerMoment(commits: 7, minute: 1)
    private let late = AnswerMoment(commits: 8, minute: 1)

    @Test func `until the database begins everybody joins, whatever the moment`() async throws {
        for moment in [early, late, nil] {
            let lookup = try await lookup(at: early)
            #expect(await told(moment, while: lookup, finds: answer("one")) == "one")
            #expect(shared.count == 0)
        }
    }

    @Test func `after that, who asks at the same moment for what lasts`() async throws {
        for (begun, asked, lasts, isShared) in [
            (early, early, true, true), (early, late, true, false), (early, early, false, false),
            (nil, nil, true, false), (early, nil, true, false), (nil, early, true, false),
        ] {
            let lookup = try await lookup(at: early)
            lookup.begin(at: begun)
            if lasts { lookup.proveLasting() }
            #expect(lookup.takes(at: asked) == isShared)
            #expect(await told(asked, while: lookup, finds: answer("one")) == (isShared ? "one" : nil))
            #expect(shared.count == 0)
        }
    }

    @Test func `what begins again is closed again`() async throws {
        let lookup = try await lookup(at: early)
        lookup.begin(at: early)
        lookup.proveLasting()
        lookup.begin(at: late)
        #expect(!lookup.takes(at: early) && !lookup.takes(at: late) && lookup.moment == late)
        shared.end(lookup, of: question, with: nil)
    }

    @Test func `what failed for one is looked up by each`() async throws {
        #expect(await told(early, while: try await lookup(at: early), finds: nil) == nil)
    }

    @Test func `another question, another answer`() async throws {
        let other = RecentAnswers.Question(member: try SharedAnswerTests.id(), target: "/", isPacked: true)
        let (first, second) = (try await lookup(at: early), try await lookup(other, at: early))
        #expect(first !== second && shared.count == 2)
        shared.end(first, of: question, with: nil)
        #expect(shared.count == 1)
        shared.end(second, of: other, with: nil)
        #expect(shared.count == 0)
    }

    @Test func `windows that ask at once each find what they have written themselves`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            try await withThrowingTaskGroup(of: Void.self) { windows in
                for window in 0..<8 {
                    windows.addTask {
                        for round in 0..<12 {
                            let title = "\(window) \(round)"
                            _ = try await api.task(ana, ["title": .string(title)])
                            let list = try await api.send(.get, "/api/v1/tasks?limit=100", token: ana)
                            let titles = list.json["items"]?.array?.map { $0["title"]?.string } ?? []
                            #expect(titles.contains(title))
                        }
                    }
                }
                try await windows.waitForAll()
            }
        }
    }

    @Test func `rights are one's own, whoever asks beside`() async throws {
        try await TestAPI.with { api in
            let ana = try await api.token()
            _ = try await api.task(ana, ["title": "Of Ana"])
            let made = try await api.post(
                "/api/v1/me/tokens", token: ana, ["name": "account", "scopes": ["account:read"]], 201)
            let lesser = try #require(made["token"]?.string)
            try await withThrowingTaskGroup(of: (Int, Int).self) { calls in
                for number in 0..<40 {
                    let token = number.isMultiple(of: 2) ? ana : lesser
                    calls.addTask {
                        (number, try await api.send(.get, "/api/v1/tasks?sort=title", token: token).status)
                    }
                }
                for try await (number, status) in calls {
                    #expect(status == (number.isMultiple(of: 2) ? 200 : 403))
                }
            }
        }
    }
}

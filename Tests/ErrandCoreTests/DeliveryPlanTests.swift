import CivilTime
import ErrandCore
import TestSupport
import Testing

@Suite struct DeliveryPlanTests {
    private let plan = DeliveryPlan(at: .testStart)
    private let delivery: Delivery
    private let destination: ChannelDestination

    init() {
        let user = UserID.make()
        destination = .make(user: user, kind: .webPush)
        delivery = .make(of: .make(user: user), to: destination)
    }

    private func begin(
        _ delivery: Delivery? = nil, type: NotificationType = .reminder, status: ChannelDestination.Status = .active,
        _ change: (inout DeliveryPlan.Circumstances) -> Void = { _ in }
    ) -> DeliveryPlan.Beginning {
        var known = DeliveryPlan.Circumstances(status: status, type: type)
        change(&known)
        return plan.begin(delivery ?? self.delivery, known, lease: .seconds(10))
    }

    private func sending(attempts: Int = 1, expiresIn: Duration = .hours(24)) -> Delivery {
        .make(
            of: .make(user: delivery.ownerID), to: destination, state: .sending, attempts: attempts,
            expiresAt: .testStart + expiresIn
        )
    }

    @Test func `what is due is leased, and the lease renewed while it is being sent`() {
        guard case .send(let next) = begin() else {
            Issue.record("it is not sent")
            return
        }
        #expect(next.state == .sending && next.attempts == 1 && next.lastAttemptAt == .testStart)
        #expect(next.nextAt == .testStart + .seconds(10))
        var later = next
        later.nextAt = .testStart + .seconds(13)
        let renewed = DeliveryPlan(at: .testStart + .seconds(3)).renewed(next, lease: .seconds(10))
        #expect(renewed == later, "and nothing else of it changes: it is the same attempt")
    }

    @Test func `a lease that has ended is taken again, as another attempt`() {
        guard case .send(let next) = begin(sending(attempts: 1)) else {
            Issue.record("it is not sent")
            return
        }
        #expect(next.attempts == 2)
    }

    @Test func `nothing is sent that nobody needs or wants`() {
        #expect(begin { $0.isDone = true }.delivery.state == .superseded)
        #expect(begin { $0.isRead = true }.delivery.state == .superseded)
        #expect(begin { $0.isWanted = false }.delivery.state == .skipped)
        for status in [.unverified, .gone, .disabled] as [ChannelDestination.Status] {
            #expect(begin(status: status).delivery.state == .skipped)
        }
        #expect(begin(status: .failing).delivery.state == .sending)
        #expect(begin(sending(expiresIn: .zero)).delivery.state == .expired)
        #expect(begin(sending(attempts: Limits.deliveryAttemptsMax)).delivery.state == .failed)
        let ended = begin { $0.isDone = true }.delivery
        #expect(ended.nextAt == nil && ended.endedAt == .testStart && ended.attempts == 0)
        #expect(ended.reason?.hasSuffix(".") == true)
    }

    @Test func `quiet hours put off, and cost no attempt`() {
        let end = Instant.testStart + .hours(8)
        let next = begin { $0.quietUntil = end }.delivery
        #expect(next.state == .waiting && next.nextAt == end && next.attempts == 0)
        let late = Delivery.make(
            of: .make(user: delivery.ownerID), to: destination, expiresAt: .testStart + .hours(8)
        )
        #expect(begin(late) { $0.quietUntil = end }.delivery.state == .expired)
    }

    @Test func `pauses grow while somebody needs it`() {
        let expected: [Duration] = [.minutes(1), .minutes(5), .minutes(30), .hours(2), .hours(2)]
        for (index, pause) in expected.enumerated() {
            let next = plan.finish(sending(attempts: index + 1), with: .retry(after: nil, reason: "503"))
            #expect(next.state == .waiting && next.nextAt == .testStart + pause)
        }
        let last = plan.finish(sending(attempts: 4, expiresIn: .hours(2)), with: .retry(after: nil, reason: "503"))
        #expect(last.state == .expired && last.reason == "503" && last.nextAt == nil)
        let most = plan.finish(sending(attempts: Limits.deliveryAttemptsMax), with: .retry(after: nil, reason: "503"))
        #expect(most.state == .failed)
    }

    @Test func `a server may ask for another pause, within bounds`() {
        func pause(_ asked: Duration) -> Duration? {
            plan.finish(sending(), with: .retry(after: asked, reason: "429")).nextAt.map { $0 - .testStart }
        }
        #expect(pause(.seconds(17)) == .seconds(17))
        #expect(pause(.zero) == .seconds(1))
        #expect(pause(.seconds(-5)) == .seconds(1))
        #expect(pause(.days(30)) == Limits.deliveryPauseMax)
    }

    @Test func `what is too large goes once more, shortened`() {
        let first = plan.finish(sending(), with: .tooLarge)
        #expect(first.state == .waiting && first.isShortened && first.nextAt == .testStart)
        var second = sending(attempts: 2)
        second.isShortened = true
        #expect(plan.finish(second, with: .tooLarge).state == .failed)
    }

    @Test func `what ends, ends with its reason`() {
        let outcomes: [(DeliveryOutcome, Delivery.State)] = [
            (.delivered(evidence: "201"), .delivered), (.gone(reason: "410"), .failed),
            (.rejected(reason: "400"), .failed), (.misconfigured(reason: "403"), .failed),
        ]
        for (outcome, state) in outcomes {
            let next = plan.finish(sending(), with: outcome)
            #expect(next.state == state && next.nextAt == nil && next.endedAt == .testStart)
            #expect(next.reason?.isEmpty == false)
        }
        let long = plan.finish(sending(), with: .rejected(reason: String(repeating: "x\n", count: 500)))
        #expect(long.reason?.count == Limits.deliveryReasonLengthMax && long.reason?.contains("\n") == false)
    }

    @Test func `a destination remembers how its sends went`() {
        var one = destination
        for _ in 0..<2 { one = one.noting(.retry(after: nil, reason: "503"), at: .testStart) }
        #expect(one.status == .active && one.failures == 2)
        one = one.noting(.rejected(reason: "400"), at: .testStart)
        #expect(one.status == .failing && one.lastResult?.succeeded == false)
        one = one.noting(.delivered(evidence: nil), at: .testStart)
        #expect(one.status == .active && one.failures == 0 && one.lastResult?.succeeded == true)
        #expect(one.noting(.misconfigured(reason: "403"), at: .testStart).status == .failing)
        #expect(one.noting(.gone(reason: "410"), at: .testStart).status == .gone)
        one.status = .unverified
        #expect(one.noting(.delivered(evidence: nil), at: .testStart).status == .unverified)
    }
}

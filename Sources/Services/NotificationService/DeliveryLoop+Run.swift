import CivilTime
public import ErrandCore
import EventDelivery

extension DeliveryLoop {
    /// When nothing rings: for clocks that were set, and rings that got lost.
    private static let pauseMax = Duration.seconds(10)
    private static let pauseAfterFailure = Duration.seconds(1)

    private enum Turn: Sendable {
        /// A send to that host has ended.
        case sent(host: String, Result<SendingReport.Step?, ErrandError>)
        /// There may be something to do.
        case woken
    }

    /// Works until `bell` is stopped, and then until what is being sent has been; or until the task is cancelled, which
    /// gives up what is being sent. One slow host holds up its own share alone.
    public func run(_ bell: DeliveryBell, _ observer: any DeliveryObserver) async {
        await withTaskGroup(of: Turn.self) { group in
            var inFlight: [String: Int] = [:]
            var (isAwaited, isWorthALook, pause) = (false, true, DeliveryLoop.pauseMax)
            while !Task.isCancelled {
                if isWorthALook, !bell.isStopped {
                    do throws(ErrandError) {
                        let (leased, report) = try await lease(beside: inFlight)
                        observer.sent(report)
                        for item in leased {
                            inFlight[item.delivery.host, default: 0] += 1
                            group.addTask { await turn(item) }
                        }
                        pause = self.pause(until: report)
                        isWorthALook = report.isPartial && !leased.isEmpty
                        if isWorthALook { continue }
                    } catch {
                        observer.failed(channel.kind, error)
                        (pause, isWorthALook) = (DeliveryLoop.pauseAfterFailure, false)
                    }
                }
                if bell.isStopped, inFlight.isEmpty { break }
                if !isAwaited {
                    isAwaited = true
                    group.addTask { [pause] in
                        await bell.wait(for: channel.kind, atMost: pause)
                        return .woken
                    }
                }
                switch await group.next() {
                case .woken?: (isAwaited, isWorthALook) = (false, true)
                case .sent(let host, let result)?:
                    inFlight[host] = inFlight[host].flatMap { $0 > 1 ? $0 - 1 : nil }
                    tell(observer, result)
                    isWorthALook = true
                case nil: return
                }
            }
            group.cancelAll()
        }
    }

    private func turn(_ leased: Leased) async -> Turn {
        let host = leased.delivery.host
        do throws(ErrandError) {
            return .sent(host: host, .success(try await deliver(leased)))
        } catch {
            return .sent(host: host, .failure(error))
        }
    }

    private func tell(_ observer: any DeliveryObserver, _ result: Result<SendingReport.Step?, ErrandError>) {
        switch result {
        case .success(let step):
            var report = SendingReport(channel.kind)
            report.steps = step.map { [$0] } ?? []
            observer.sent(report)
        case .failure(let error): observer.failed(channel.kind, error)
        }
    }

    private func pause(until report: SendingReport) -> Duration {
        guard let next = report.next else { return DeliveryLoop.pauseMax }
        return min(max(next - environment.now(), .milliseconds(1)), DeliveryLoop.pauseMax)
    }
}

/// Is told what loops do, to log and measure it.
public protocol DeliveryObserver: Sendable {
    func sent(_ report: SendingReport)
    func failed(_ kind: ChannelKind, _ error: ErrandError)
}

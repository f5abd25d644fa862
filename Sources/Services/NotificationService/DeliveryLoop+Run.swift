import CivilTime
public import ErrandCore
import EventDelivery

extension DeliveryLoop {
    /// When nothing rings: for clocks that were set, and rings that got lost.
    private static let pauseMax = Duration.seconds(10)
    private static let pauseAfterFailure = Duration.seconds(1)

    private enum Turn: Sendable {
        /// What was leased at a look, for which there was room.
        case looked(Result<(leased: [Leased], report: SendingReport), ErrandError>)
        /// A send to that host has ended, after that time; nil when it was another's in the end.
        case sent(Sent?, Ended)
        /// What has ended is written down.
        case recorded([Ended], Result<[SendingReport.Step], ErrandError>)
        /// There may be something to do.
        case woken
    }

    private struct Ended: Sendable {
        let host: String
        let duration: Duration
    }

    /// What a loop remembers from turn to turn.
    private struct Work {
        var room: SendingRoom
        /// What is to be written down next: all that ended while something is being written goes together.
        var ended: [(sent: Sent, place: Ended)] = []
        var isRecording = false
        var isLooking = false
        var isAwaited = false
        var isWorthALook = true
        /// Whether more was due at the last look than there was room for.
        var isBehind = false
        var pause = DeliveryLoop.pauseMax

        /// Gives what was leased its places. Others have only been given back since the look.
        mutating func take(
            _ result: Result<(leased: [Leased], report: SendingReport), ErrandError>,
            _ observer: any DeliveryObserver, _ kind: ChannelKind, now: Instant
        ) -> [Leased] {
            isLooking = false
            switch result {
            case .success(let (leased, report)):
                observer.sent(report)
                pause =
                    report.next.map { min(max($0 - now, .milliseconds(1)), DeliveryLoop.pauseMax) }
                    ?? DeliveryLoop.pauseMax
                isBehind = report.isPartial
                isWorthALook = isWorthALook || report.isPartial && !leased.isEmpty
                for item in leased { room.occupy(item.delivery.host) }
                return leased
            case .failure(let error):
                // Whoever is told to end has not failed.
                if !Task.isCancelled { observer.failed(kind, error) }
                (pause, isBehind, isWorthALook) = (DeliveryLoop.pauseAfterFailure, true, false)
                return []
            }
        }

        mutating func giveBack(_ places: [Ended]) {
            for one in places { room.giveBack(one.host, after: one.duration) }
            isWorthALook = isWorthALook || isBehind
        }
    }

    /// Works until `bell` is stopped, and then until what is being sent has been; or until the task is cancelled, which
    /// gives up what is being sent. One slow host holds up its own share alone.
    public func run(_ bell: DeliveryBell, _ observer: any DeliveryObserver) async {
        await withTaskGroup(of: Turn.self) { group in
            var work = Work(room: SendingRoom(pace))
            while !Task.isCancelled {
                if !work.isRecording, !work.ended.isEmpty {
                    let batch = work.ended
                    (work.ended, work.isRecording) = ([], true)
                    group.addTask { await write(batch) }
                }
                if work.isWorthALook, !work.isLooking, !bell.isStopped {
                    (work.isWorthALook, work.isLooking) = (false, true)
                    group.addTask { [room = work.room] in await look(within: room) }
                }
                if bell.isStopped, work.room.isEmpty, !work.isLooking { break }
                if !work.isAwaited, !work.isLooking, !bell.isStopped {
                    work.isAwaited = true
                    group.addTask { [pause = work.pause] in
                        await bell.wait(for: channel.kind, atMost: pause)
                        return .woken
                    }
                }
                switch await group.next() {
                case .looked(let result)?:
                    for item in work.take(result, observer, channel.kind, now: environment.now()) {
                        group.addTask { await turn(item) }
                    }
                case .woken?: (work.isAwaited, work.isWorthALook) = (false, true)
                case .sent(let sent?, let place)?: work.ended.append((sent, place))
                case .sent(nil, let place)?: work.giveBack([place])
                // Not before: a process that ends repeats what it has not written down.
                case .recorded(let places, let result)?:
                    work.isRecording = false
                    work.giveBack(places)
                    tell(observer, result)
                case nil: return
                }
            }
            group.cancelAll()
        }
    }

    private func look(within room: SendingRoom) async -> Turn {
        do throws(ErrandError) {
            return .looked(.success(try await lease(within: room)))
        } catch {
            return .looked(.failure(error))
        }
    }

    private func turn(_ leased: Leased) async -> Turn {
        let begin = environment.now()
        let sent = await send(leased)
        return .sent(sent, Ended(host: leased.delivery.host, duration: environment.now() - begin))
    }

    private func write(_ batch: [(sent: Sent, place: Ended)]) async -> Turn {
        let places = batch.map(\.place)
        do throws(ErrandError) {
            return .recorded(places, .success(try await record(batch.map(\.sent))))
        } catch {
            return .recorded(places, .failure(error))
        }
    }

    private func tell(_ observer: any DeliveryObserver, _ result: Result<[SendingReport.Step], ErrandError>) {
        switch result {
        case .success(let steps):
            var report = SendingReport(channel.kind)
            report.steps = steps
            observer.sent(report)
        case .failure(let error): if !Task.isCancelled { observer.failed(channel.kind, error) }
        }
    }
}

/// Is told what loops do, to log and measure it.
public protocol DeliveryObserver: Sendable {
    func sent(_ report: SendingReport)
    func failed(_ kind: ChannelKind, _ error: ErrandError)
}

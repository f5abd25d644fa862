import CivilTime

/// Delivers one partition to the app, one event after the other: the next one when the one before is done, dropped or
/// a dead letter.
struct PartitionLane: Sendable {
    let claim: Claim
    let consumer: any BrokerConsumer
    let courier: Courier

    private var stop: Stop { courier.stop }
    private var options: SidecarOptions { courier.options }

    /// Until the partition is taken away or the sidecar stops. The event in hand is finished.
    func run() async {
        var offset = claim.start
        while let record = await consumer.records(of: claim, from: offset, limit: 1).first {
            guard await deliver(record) else { return }
            offset = record.offset + 1
            await consumer.mark(claim, upTo: offset)
        }
    }

    /// Tries until the event is dealt with.
    ///
    /// - Returns: false when somebody else has to do it: the sidecar stops, or the partition is gone.
    private func deliver(_ record: BrokerRecord) async -> Bool {
        guard let event = DeliveredEvent(record, for: courier.subscription) else {
            return await giveUp(record, because: "it is no cloud event")
        }
        var retries = 0
        while true {
            let isExpired = event.isExpired(at: Instant.wallClock())
            switch isExpired ? .drop : await courier.send(event) {
            case .success: return true
            case .drop:
                if await courier.bury(record, because: isExpired ? "it expired" : "the app dropped it") { return true }
                guard await pause(options.redeliveryPause) else { return false }
            case .retry(let status):
                if options.retries.allowsAnother(after: retries, status: status) {
                    retries += 1
                    guard await pause(options.retries.pause) else { return false }
                } else if stop.isSet {
                    // It is not buried while stopping: the next one may have more luck.
                    return false
                } else if courier.subscription.deadLetterTopic != nil, await giveUp(record, because: "it kept failing")
                {
                    return true
                } else {
                    retries = 0
                    guard await pause(options.redeliveryPause) else { return false }
                }
            }
        }
    }

    /// Buries a record, however long that takes. Without a dead-letter topic it holds up its partition: what can't be
    /// read is not lost either.
    private func giveUp(_ record: BrokerRecord, because reason: String) async -> Bool {
        while true {
            if courier.subscription.deadLetterTopic != nil, await courier.bury(record, because: reason) { return true }
            guard await pause(options.redeliveryPause) else { return false }
        }
    }

    /// - Returns: whether the partition is still ours to go on with.
    private func pause(_ duration: Duration) async -> Bool {
        guard await stop.sleep(for: duration) else { return false }
        return await consumer.holds(claim)
    }
}

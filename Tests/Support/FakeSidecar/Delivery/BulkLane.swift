import CivilTime

/// Delivers one partition in batches. What is done up to the first failed entry counts; from there on everything comes
/// again, but for entries that became dead letters.
struct BulkLane: Sendable {
    let claim: Claim
    let consumer: any BrokerConsumer
    let courier: Courier
    let bulk: Subscription.Bulk

    private var options: SidecarOptions { courier.options }

    func run() async {
        var offset = claim.start
        var ledger = BulkLedger()
        while true {
            let records = await batch(from: offset)
            guard !records.isEmpty else { return }
            await deliver(records, &ledger)
            let done = records.prefix { ledger.isDone($0.offset) }
            if let last = done.last {
                offset = last.offset + 1
                await consumer.mark(claim, upTo: offset)
                ledger.forget(before: offset)
            }
            if done.count < records.count {
                guard await pause() else { return }
            }
        }
    }

    /// As many as are there within the time a batch may wait.
    private func batch(from offset: Int64) async -> [BrokerRecord] {
        let deadline = ContinuousClock.now + .milliseconds(bulk.maxAwaitDurationMs)
        while true {
            let records = await consumer.records(of: claim, from: offset, limit: bulk.maxMessagesCount)
            let isFull = records.count >= bulk.maxMessagesCount
            if records.isEmpty || isFull || ContinuousClock.now >= deadline { return records }
            await courier.stop.sleep(for: .milliseconds(5))
            if courier.stop.isSet { return [] }
        }
    }

    private func deliver(_ records: [BrokerRecord], _ ledger: inout BulkLedger) async {
        var batch: [DeliveredEvent] = []
        for record in records where !ledger.isBuried(record.offset) {
            if let event = DeliveredEvent(record, for: courier.subscription), !event.isExpired(at: Instant.wallClock())
            {
                batch.append(event)
            } else if await courier.bury(record, because: "it expired or is no cloud event") {
                ledger.bury(record.offset)
            }
        }
        let verdicts = batch.isEmpty ? [] : await courier.send(batch)
        for (event, verdict) in zip(batch, verdicts) {
            let record = event.record
            switch verdict {
            case .success: ledger.succeed(record.offset)
            case .drop:
                if await courier.bury(record, because: "the app dropped it") { ledger.bury(record.offset) }
            case .retry(let status):
                let retries = ledger.fail(record.offset)
                if options.retries.allowsAnother(after: retries, status: status) || courier.stop.isSet { continue }
                if courier.subscription.deadLetterTopic != nil,
                    await courier.bury(record, because: "it kept failing")
                {
                    ledger.bury(record.offset)
                }
            }
        }
    }

    /// - Returns: whether the partition is still ours to go on with.
    private func pause() async -> Bool {
        guard await courier.stop.sleep(for: options.retries.pause) else { return false }
        return await consumer.holds(claim)
    }
}

/// What became of the entries of a partition that can't be committed yet.
struct BulkLedger {
    private var succeeded: Set<Int64> = []
    private var buried: Set<Int64> = []
    private var failures: [Int64: Int] = [:]

    func isDone(_ offset: Int64) -> Bool { buried.contains(offset) || succeeded.contains(offset) }
    func isBuried(_ offset: Int64) -> Bool { buried.contains(offset) }

    mutating func succeed(_ offset: Int64) { succeeded.insert(offset) }
    mutating func bury(_ offset: Int64) { buried.insert(offset) }

    /// - Returns: how often the entry has failed before.
    mutating func fail(_ offset: Int64) -> Int {
        // Success does not outlast a later failure.
        succeeded.remove(offset)
        failures[offset, default: 0] += 1
        return failures[offset, default: 1] - 1
    }

    mutating func forget(before offset: Int64) {
        succeeded = succeeded.filter { $0 >= offset }
        buried = buried.filter { $0 >= offset }
        failures = failures.filter { $0.key >= offset }
    }
}

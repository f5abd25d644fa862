import CKafka
import ErrandCore
import EventDelivery
import Synchronization

/// The partitions that a group has given to a member: what is in hand of each, and how far each is done.
///
/// The group changes them while the member polls, and it polls only when no record is being handled. So a record is
/// done before its partition is given away, and that it is done is committed before others get the partition.
final class AssignedPartitions: Sendable {
    private let backlog: Mutex<Backlog>
    private let report: KafkaNotice.Report

    /// How long a commit may take that is waited for. Without it the next member repeats what was done since the
    /// last one, which is harmless.
    private static let commitMax: Int32 = 5_000

    init(policy: DeliveryPolicy, _ report: @escaping KafkaNotice.Report) {
        backlog = Mutex(Backlog(policy: policy))
        self.report = report
    }

    func withBacklog<Result: Sendable>(_ use: (inout sending Backlog) -> sending Result) -> Result {
        backlog.withLock { use(&$0) }
    }

    func assigned(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, to client: OpaquePointer) {
        let ids = partitions(in: list)
        backlog.withLock { $0.assign(ids) }
        check(rd_kafka_assign(client, list), "take over")
        report(KafkaNotice(.info, "Took over \(text(ids))"))
    }

    /// The group changes: it takes all partitions from every member and then gives them out anew.
    func revoked(_ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, from client: OpaquePointer) {
        let ids = partitions(in: list)
        // Lost: the group gave them to others already, and takes no more commits for them.
        let isLost = rd_kafka_assignment_lost(client) != 0
        let (positions, paused) = backlog.withLock { ($0.positions(of: ids), $0.paused(ids)) }
        if !isLost { commit(positions, with: client) }
        // A pause would outlast the absence of the partition.
        if !paused.isEmpty { withPartitions(paused) { _ = rd_kafka_resume_partitions(client, $0) } }
        backlog.withLock { $0.forget(ids) }
        check(rd_kafka_assign(client, nil), "give back")
        report(KafkaNotice(.info, "\(isLost ? "Lost" : "Gave back") \(text(ids))"))
    }

    /// A commit failed, whether anybody waited for it or not.
    func failedToCommit(_ error: rd_kafka_resp_err_t) {
        backlog.withLock { $0.markDirty() }
        report(KafkaNotice(.warning, "A commit failed; some events may come again: \(error.text)"))
    }

    /// Commits what has moved and does not wait for it.
    func commitLater(with client: OpaquePointer) {
        let positions = backlog.withLock { $0.takeDirty() }
        if positions.isEmpty { return }
        let error = withPositions(positions) { rd_kafka_commit(client, $0, 1) }
        if error != RD_KAFKA_RESP_ERR_NO_ERROR { failedToCommit(error) }
    }

    /// Commits and waits for it.
    private func commit(_ positions: [Backlog.Position], with client: OpaquePointer) {
        if positions.isEmpty { return }
        let answers = rd_kafka_queue_new(client)
        defer { rd_kafka_queue_destroy(answers) }
        let error = withPositions(positions) { rd_kafka_commit_queue(client, $0, answers, nil, nil) }
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else { return failedToCommit(error) }
        // What it says comes to failedToCommit as well.
        if let answer = rd_kafka_queue_poll(answers, AssignedPartitions.commitMax) {
            rd_kafka_event_destroy(answer)
        } else {
            failedToCommit(RD_KAFKA_RESP_ERR__TIMED_OUT)
        }
    }

    private func check(_ error: rd_kafka_resp_err_t, _ deed: String) {
        if error == RD_KAFKA_RESP_ERR_NO_ERROR { return }
        report(KafkaNotice(.error, "Could not \(deed) partitions: \(error.text)"))
    }

    private func text(_ ids: [PartitionID]) -> String {
        ids.isEmpty ? "no partitions" : ids.map(\.description).sorted().joined(separator: ", ")
    }
}

import Synchronization

/// Which apps there are in a cluster, and the replicas of each.
final class AppRegistry: Sendable {
    private struct State {
        var replicas: [String: [(id: Int, app: AppChannel)]] = [:]
        var lastID = 0
        var turn = 0
    }

    private let state = Mutex(State())

    func enter(_ app: AppChannel, as appID: String) -> Int {
        state.withLock { state in
            state.lastID += 1
            state.replicas[appID, default: []].append((state.lastID, app))
            return state.lastID
        }
    }

    func leave(_ id: Int, of appID: String) {
        state.withLock { $0.replicas[appID]?.removeAll { $0.id == id } }
    }

    /// One replica after the other.
    func next(of appID: String) -> AppChannel? {
        state.withLock { state in
            guard let replicas = state.replicas[appID], !replicas.isEmpty else { return nil }
            state.turn += 1
            return replicas[state.turn % replicas.count].app
        }
    }
}

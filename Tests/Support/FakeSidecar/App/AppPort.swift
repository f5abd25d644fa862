import Synchronization

/// Where an app listens, which may become known late or change.
final class AppPort: Sendable {
    private let port: Mutex<Int?>

    init(_ port: Int?) {
        self.port = Mutex(port)
    }

    var current: Int? {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }
}

import Dispatch
import Foundation

extension Process {
    /// Kills the process, which is running, when it takes longer than `limit`. To be cancelled when it has ended.
    func watchdog(after limit: DispatchTimeInterval) -> DispatchWorkItem {
        let id = processIdentifier
        let watchdog = DispatchWorkItem { kill(id, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit, execute: watchdog)
        return watchdog
    }
}

import CivilTime
import Logging
import NIOHTTP1

/// Ticks of one `bindings.cron` component
/// ([reference](https://docs.dapr.io/reference/components-reference/supported-bindings/cron/)). Every replica has its
/// own; what is missed is not made up for.
struct CronRunner: Sendable {
    static let probeTimeout = Duration.seconds(3)

    let binding: CronBinding
    let app: AppChannel
    let stop: Stop

    func run() async {
        guard await isWanted() else { return }
        while await stop.sleep(for: binding.interval) {
            let request = AppRequest(
                path: path,
                headers: [
                    ("Content-Type", "application/json"), ("readtimeutc", Instant.wallClock().description),
                    ("timezone", "UTC"),
                ],
                body: []
            )
            do throws(AppCallError) {
                let answer = try await app.call(request)
                guard answer.status != 200 else { continue }
                app.logger.error("binding \(binding.name): \(path) answered \(answer.status)")
            } catch {
                guard !Task.isCancelled else { return }
                // An app that is away misses its ticks; nothing is wrong with them.
                let level: Logger.Level = error == .noConnection ? .debug : .error
                app.logger.log(level: level, "binding \(binding.name): \(path) \(error)")
            }
        }
    }

    private var path: String {
        let route = binding.route ?? binding.name
        return route.hasPrefix("/") ? route : "/" + route
    }

    private func isWanted() async -> Bool {
        if binding.isInputOnly { return true }
        let probe = AppRequest(method: .OPTIONS, path: path)
        do throws(AppCallError) {
            let answer = try await app.call(probe, timeout: CronRunner.probeTimeout)
            return 200..<300 ~= answer.status || answer.status == 405
        } catch {
            return false
        }
    }
}

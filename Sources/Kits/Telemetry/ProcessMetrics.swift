import Foundation

/// What the kernel says about this process, by the names that Prometheus clients use.
enum ProcessMetrics {
    /// - Parameter start: when the process began, in seconds since 1970.
    static func values(start: Double) -> [(PrometheusRegistry.Kind, String, Double)] {
        var values: [(PrometheusRegistry.Kind, String, Double)] = [(.gauge, "process_start_time_seconds", start)]
        if let bytes = residentBytes() { values.append((.gauge, "process_resident_memory_bytes", Double(bytes))) }
        if let seconds = cpuSeconds() { values.append((.counter, "process_cpu_seconds_total", seconds)) }
        if let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            values.append((.gauge, "process_open_fds", Double(files.count)))
        }
        return values
    }

    private static func residentBytes() -> Int? {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }

    private static func cpuSeconds() -> Double? {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        return Double(user.tv_sec + system.tv_sec) + Double(user.tv_usec + system.tv_usec) / 1e6
    }
}

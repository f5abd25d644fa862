import ArgumentParser
import Foundation

/// `errand doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "For operators: look at all that a server here would depend on.",
        discussion: """
            Reads the same settings as `errand serve`, and says of each part whether it is well, with advice where it \
            is not: settings, clock, zone data, rights of files, database, broker, sidecar, mail server, push keys. It \
            changes nothing, shows no secret, and may run beside a server. The exit status is 1 when something would \
            keep a server from starting or from doing its work, else 0.
            """
    )

    @Option(help: "Folder of the database. (default: ./data)")
    var data: String?

    @Option(help: "Configuration file (JSON).", completion: .file())
    var config: String?

    @Flag(help: "Also compute every hash of every audit log anew: about a minute for some million entries.")
    var audit = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let doctor = Doctor(
            flags: data.map { ["data": $0] } ?? [:], environment: environment,
            file: config ?? environment["ERRAND_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }, walksAudit: audit
        )
        let report = await doctor.run()
        if json { Terminal.write(report.json) } else { Terminal.write(report.text) }
        if !report.isGood { throw ExitCode.failure }
    }
}

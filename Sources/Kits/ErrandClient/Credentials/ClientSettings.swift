import Foundation

/// What the environment says about this client.
public struct ClientSettings: Sendable {
    /// `ERRAND_SERVER`, as given.
    public let server: String?
    /// `ERRAND_TOKEN`: wins over the stored credentials.
    public let token: String?
    /// `$XDG_CONFIG_HOME/errand`, by default `~/.config/errand`.
    public let configuration: PrivateFolder
    /// False when `NO_COLOR` is set to anything, or the terminal is `dumb` (no-color.org).
    public let allowsColour: Bool

    public init(environment: [String: String]) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = value("HOME") ?? NSHomeDirectory()
        // The XDG specification has relative paths ignored.
        func folder(_ name: String, _ standard: String) -> PrivateFolder {
            let base = value(name).flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/\(standard)"
            return PrivateFolder(path: "\(base)/errand")
        }
        server = value("ERRAND_SERVER")
        token = value("ERRAND_TOKEN")
        configuration = folder("XDG_CONFIG_HOME", ".config")
        allowsColour = value("NO_COLOR") == nil && value("TERM") != "dumb"
    }
}

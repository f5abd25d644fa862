import CWebAssets
import Crypto
public import Foundation
import Synchronization
import WebText

/// The files of the web page: compiled into the binary, or read from a folder while they are being written.
///
/// Those in the binary are sent without what only people read (``WebText/Lean``), and what the page starts with is
/// joined (``JoinedPage``); those of a folder are sent as they are.
public struct Site: Sendable {
    /// Read once: it is the same for the whole life of the process.
    private static let compiledIn = Site(files: readCompiledIn(), folder: nil)

    private let files: [String: [UInt8]]
    private let folder: URL?
    private let ready = Ready()
    /// Of all files together: the address of an asset changes when any of them does, so that each can be cached
    /// for ever and relative imports keep working.
    let hash: String

    /// The files in the binary.
    public static func embedded() -> Site { compiledIn }

    /// The files below `folder`, read anew for every request.
    public static func folder(_ folder: URL) -> Site { Site(files: [:], folder: folder) }

    private init(files: [String: [UInt8]], folder: URL?) {
        var hasher = SHA256()
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            hasher.update(data: Array(path.utf8) + [0])
            hasher.update(data: bytes)
        }
        let hash = hasher.finalize().prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        self.hash = folder == nil ? hash : "live"
        self.folder = folder
        self.files = files
    }

    private static func readCompiledIn() -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let assets = UnsafeBufferPointer(start: errand_first_web_asset(), count: Int(errand_web_asset_count))
        for asset in assets {
            files[String(cString: asset.path)] = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.size))
        }
        let joined = JoinedPage.files(from: files)
        for (path, bytes) in files where joined[path] == nil { files[path] = lean(bytes, path) }
        return files.merging(joined) { $1 }
    }

    private static func lean(_ bytes: [UInt8], _ path: String) -> [UInt8] {
        if path.hasSuffix(".js") { return Lean.script(bytes) ?? bytes }
        if path.hasSuffix(".css") { return Lean.style(bytes) ?? bytes }
        return bytes
    }

    /// The file at a path below `web/`; nil when there is none.
    func file(_ path: String) -> SiteFile? {
        if let folder {
            guard !path.split(separator: "/").contains(".."), !path.contains("\0"),
                let data = try? Data(contentsOf: folder.appending(path: path))
            else { return nil }
            return prepare(Array(data), path: path)
        }
        if let file = ready.files.withLock({ $0[path] }) { return file }
        guard let bytes = files[path] else { return nil }
        // Outside of the lock: two who ask first at the same moment both pack it, and get the same.
        let file = prepare(bytes, path: path)
        ready.files.withLock { $0[path] = file }
        return file
    }

    /// Pages name their assets below `/assets/@/`; the hash takes the place of the `@`.
    private func prepare(_ bytes: [UInt8], path: String) -> SiteFile {
        let type = Site.mediaType(path)
        guard type.hasPrefix("text/html") else { return SiteFile(bytes, type: type) }
        let text = String(decoding: bytes, as: UTF8.self).replacing("/assets/@/", with: "/assets/\(hash)/")
        return SiteFile(Array(text.utf8), type: type)
    }

    private static func mediaType(_ path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "webmanifest": "application/manifest+json"
        default: "application/octet-stream"
        }
    }

    /// Files that somebody has asked for.
    private final class Ready: Sendable {
        let files = Mutex<[String: SiteFile]>([:])
    }
}

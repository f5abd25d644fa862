import CWebAssets
import Crypto
public import Foundation

/// The files of the web page: compiled into the binary, or read from a folder while they are being written.
public struct Site: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        let type: String
    }

    private let files: [String: File]
    private let folder: URL?
    /// Of all files together: the address of an asset changes when any of them does, so that each can be cached
    /// for ever and relative imports keep working.
    let hash: String

    /// The files in the binary.
    public static func embedded() -> Site {
        var files: [String: [UInt8]] = [:]
        let assets = UnsafeBufferPointer(start: errand_first_web_asset(), count: Int(errand_web_asset_count))
        for asset in assets {
            files[String(cString: asset.path)] = Array(UnsafeBufferPointer(start: asset.bytes, count: asset.size))
        }
        return Site(files: files, folder: nil)
    }

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
        var prepared: [String: File] = [:]
        for (path, bytes) in files { prepared[path] = Site.prepare(bytes, path: path, hash: hash) }
        self.files = prepared
    }

    /// The file at a path below `web/`; nil when there is none.
    func file(_ path: String) -> File? {
        guard let folder else { return files[path] }
        guard !path.split(separator: "/").contains(".."), !path.contains("\0"),
            let data = try? Data(contentsOf: folder.appending(path: path))
        else { return nil }
        return Site.prepare(Array(data), path: path, hash: hash)
    }

    /// Pages name their assets below `/assets/@/`; the hash takes the place of the `@`.
    private static func prepare(_ bytes: [UInt8], path: String, hash: String) -> File {
        let type = mediaType(path)
        guard type.hasPrefix("text/html") else { return File(bytes: bytes, type: type) }
        let text = String(decoding: bytes, as: UTF8.self).replacing("/assets/@/", with: "/assets/\(hash)/")
        return File(bytes: Array(text.utf8), type: type)
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
}

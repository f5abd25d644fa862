import Foundation
import NIOSSL

/// A certificate for `localhost` that nobody trusts but who is given its file, as a company's own authority makes one.
struct ServerCertificate {
    /// Why there is none.
    struct OpenSSLError: Error {
        let status: Int32
    }

    /// What clients are told to trust, PEM.
    let file: URL
    private let keyFile: URL

    /// - Parameter folder: where the files go; whoever made it removes it.
    init(in folder: URL) throws {
        file = folder.appending(path: "certificate.pem")
        keyFile = folder.appending(path: "key.pem")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
            keyFile.path(percentEncoded: false), "-out", file.path(percentEncoded: false),
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw OpenSSLError(status: process.terminationStatus) }
    }

    /// How a server speaks TLS with it.
    func context() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(file.path(percentEncoded: false))
        let key = try NIOSSLPrivateKey(file: keyFile.path(percentEncoded: false), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
    }
}

package import Crypto
import Foundation

/// Encrypts messages so that only the receiver reads them, whatever push service carries them: the content coding
/// `aes128gcm` (RFC 8188) with the keys of RFC 8291, one record in each message.
public enum PushEncryption {
    /// Bytes of a body that every push service takes (RFC 8030 §7.2).
    public static let bodyBytesMax = 4096
    /// Bytes of a message: what is left of the body beside header (86), delimiter (1) and tag (16).
    public static let messageBytesMax = 3993
    /// The record size that the header names.
    private static let recordBytes: UInt32 = 4096
    private static let saltBytes = 16
    private static let tagBytes = 16
    /// What ends the last record (RFC 8188 §2).
    private static let delimiter: UInt8 = 0x02

    /// Why there is no message.
    public enum Failure: Error, Hashable, Sendable {
        /// More than ``PushEncryption/messageBytesMax``.
        case tooLong
        /// The keys do not fit each other.
        case key
        /// Not a body of this coding, for somebody else, or changed on its way.
        case unreadable
    }

    /// The body of a message, with a key pair and a salt of its own.
    public static func seal(
        _ message: [UInt8], for subscription: PushSubscription
    ) throws(Failure) -> [UInt8] {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return try seal(message, for: subscription, sender: P256.KeyAgreement.PrivateKey(), salt: salt)
    }

    /// - Parameters:
    ///   - sender: used for this message alone.
    ///   - salt: 16 bytes, used for this message alone.
    package static func seal(
        _ message: [UInt8], for subscription: PushSubscription, sender: P256.KeyAgreement.PrivateKey, salt: [UInt8]
    ) throws(Failure) -> [UInt8] {
        precondition(salt.count == saltBytes, "A salt has 16 bytes.")
        guard message.count <= messageBytesMax else { throw .tooLong }
        let senderKey = Array(sender.publicKey.x963Representation)
        let keys = try schedule(
            private: sender, other: subscription.publicKey, receiver: subscription.publicKey, sender: senderKey,
            secret: subscription.secret, salt: salt
        )
        guard let nonce = try? AES.GCM.Nonce(data: keys.nonce),
            let box = try? AES.GCM.seal(
                message + [delimiter], using: SymmetricKey(data: keys.contentKey), nonce: nonce
            )
        else { throw .key }
        return header(salt: salt, key: senderKey) + box.ciphertext + box.tag
    }

    /// The message in a body, for its receiver.
    ///
    /// - Parameter secret: of the subscription, 16 bytes.
    package static func open(
        _ body: [UInt8], receiver: P256.KeyAgreement.PrivateKey, secret: [UInt8]
    ) throws(Failure) -> [UInt8] {
        let headerBytes = saltBytes + 5 + 65
        guard body.count <= bodyBytesMax, body.count > headerBytes + tagBytes, body[saltBytes + 4] == 65 else {
            throw .unreadable
        }
        let record = body[saltBytes..<(saltBytes + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard record >= 18, body.count - headerBytes <= Int(record) else { throw .unreadable }
        let senderKey = Array(body[(saltBytes + 5)..<headerBytes])
        let keys = try schedule(
            private: receiver, other: senderKey, receiver: Array(receiver.publicKey.x963Representation),
            sender: senderKey, secret: secret, salt: Array(body.prefix(saltBytes))
        )
        let sealed = body.dropFirst(headerBytes)
        guard let nonce = try? AES.GCM.Nonce(data: keys.nonce),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: sealed.dropLast(tagBytes), tag: sealed.suffix(tagBytes)
            ), let plain = try? AES.GCM.open(box, using: SymmetricKey(data: keys.contentKey)),
            let end = plain.lastIndex(where: { $0 != 0 }), plain[end] == delimiter
        else { throw .unreadable }
        return Array(plain[..<end])
    }

    private static func schedule(
        private key: P256.KeyAgreement.PrivateKey, other: [UInt8], receiver: [UInt8], sender: [UInt8],
        secret: [UInt8], salt: [UInt8]
    ) throws(Failure) -> KeySchedule {
        guard let point = try? P256.KeyAgreement.PublicKey(x963Representation: other),
            let shared = try? key.sharedSecretFromKeyAgreement(with: point)
        else { throw .key }
        return KeySchedule(
            sharedSecret: shared.withUnsafeBytes { Array($0) }, receiver: receiver, sender: sender, secret: secret,
            salt: salt
        )
    }

    /// Salt, record size, length of the key, key (RFC 8188 §2.1).
    private static func header(salt: [UInt8], key: [UInt8]) -> [UInt8] {
        salt + withUnsafeBytes(of: recordBytes.bigEndian) { Array($0) } + [UInt8(key.count)] + key
    }
}

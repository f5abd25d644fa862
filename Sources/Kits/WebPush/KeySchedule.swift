import Crypto
import Foundation

/// The keys of one message, step by step as RFC 8291 §3.4 and RFC 8188 §2.2 write them.
package struct KeySchedule: Sendable {
    /// `ecdh_secret`: 32 bytes, what both sides make of one's private and the other's public key.
    package let sharedSecret: [UInt8]
    /// `PRK_key`: that, under the secret of the subscription.
    package let secretKey: [UInt8]
    /// `key_info`: whom the message is between.
    package let keyInfo: [UInt8]
    /// `IKM`, 32 bytes.
    package let keyingMaterial: [UInt8]
    /// `PRK`, 32 bytes: that, under the salt of the message.
    package let pseudoRandomKey: [UInt8]
    /// `CEK`, 16 bytes.
    package let contentKey: [UInt8]
    /// `NONCE`, 12 bytes: of the record with the number 0.
    package let nonce: [UInt8]

    /// `cek_info` and `nonce_info`: what the two last keys are for.
    package static let contentKeyInfo = Array("Content-Encoding: aes128gcm\0".utf8)
    package static let nonceInfo = Array("Content-Encoding: nonce\0".utf8)

    /// - Parameters:
    ///   - sharedSecret: 32 bytes.
    ///   - receiver: the receiver's public key, 65 bytes.
    ///   - sender: the sender's, 65 bytes.
    ///   - secret: of the subscription, 16 bytes.
    ///   - salt: of the message, 16 bytes.
    package init(sharedSecret: [UInt8], receiver: [UInt8], sender: [UInt8], secret: [UInt8], salt: [UInt8]) {
        self.sharedSecret = sharedSecret
        secretKey = KeySchedule.extract(sharedSecret, salt: secret)
        keyInfo = Array("WebPush: info\0".utf8) + receiver + sender
        keyingMaterial = KeySchedule.expand(secretKey, info: keyInfo, count: 32)
        pseudoRandomKey = KeySchedule.extract(keyingMaterial, salt: salt)
        contentKey = KeySchedule.expand(pseudoRandomKey, info: KeySchedule.contentKeyInfo, count: 16)
        nonce = KeySchedule.expand(pseudoRandomKey, info: KeySchedule.nonceInfo, count: 12)
    }

    private static func extract(_ bytes: [UInt8], salt: [UInt8]) -> [UInt8] {
        Array(HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: bytes), salt: salt))
    }

    private static func expand(_ key: [UInt8], info: [UInt8], count: Int) -> [UInt8] {
        HKDF<SHA256>.expand(pseudoRandomKey: key, info: info, outputByteCount: count).withUnsafeBytes { Array($0) }
    }
}

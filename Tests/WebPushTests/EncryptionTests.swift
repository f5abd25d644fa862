import Crypto
import ErrandCore
import Foundation
import Testing
import WebPush

/// The example of RFC 8291, §5 and Appendix A.
enum Example {
    static let plaintext = "V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24"
    static let senderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
    static let senderPublic =
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    static let receiverPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
    static let receiverPublic =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    static let secret = "BTBZMqHH6r4Tts7J_aSIgg"
    static let salt = "DGv6ra1nlYgDCS1FRnbzlw"
    static let sharedSecret = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"
    static let secretKey = "Snr3JMxaHVDXHWJn5wdC52WjpCtd2EIEGBykDcZW32k"
    static let keyInfo =
        "V2ViUHVzaDogaW5mbwAEJXGyvs3942BVGq8e0PTNNmwRzr5VX4m8t7GGpTM5FzFo7OLr4BhZe9MEebhuPI-OztV3ylkYfpJGmQ22ggCLDg"
        + "T-M_SrDepxkU21WCP3O1SUj0EwbZIHMtu5pZpTKGSCIA5Zent7wmC6HCJ5mFgJkuk5cwAvMBKiiujwa7t45ewP"
    static let keyingMaterial = "S4lYMb_L0FxCeq0WhDx813KgSYqU26kOyzWUdsXYyrg"
    static let pseudoRandomKey = "09_eUZGrsvxChDCGRCdkLiDXrReGOEVeSCdCcPBSJSc"
    static let contentKeyInfo = "Q29udGVudC1FbmNvZGluZzogYWVzMTI4Z2NtAA"
    static let contentKey = "oIhVW04MRdy2XN9CiKLxTg"
    static let nonceInfo = "Q29udGVudC1FbmNvZGluZzogbm9uY2UA"
    static let nonce = "4h_95klXJ5E_qnoN"
    static let header =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg"
        + "Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
    static let ciphertext = "8pfeW0KbunFT06SuDKoJH9Ql87S1QUrdirN6GcG7sFz1y1sqLgVi1VhjVkHsUoEsbI_0LpXMuGvnzQ"

    static func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }

    static func subscription() throws -> PushSubscription {
        try PushSubscription(
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", publicKey: receiverPublic,
            secret: secret
        )
    }
    static func sender() throws -> P256.KeyAgreement.PrivateKey {
        try P256.KeyAgreement.PrivateKey(rawRepresentation: bytes(senderPrivate))
    }
    static func receiver() throws -> P256.KeyAgreement.PrivateKey {
        try P256.KeyAgreement.PrivateKey(rawRepresentation: bytes(receiverPrivate))
    }
}

@Suite struct EncryptionTests {
    @Test func `every step is that of the appendix, from both sides`() throws {
        let (sender, receiver) = (try Example.sender(), try Example.receiver())
        #expect(Base64URL.encode(sender.publicKey.x963Representation) == Example.senderPublic)
        #expect(Base64URL.encode(receiver.publicKey.x963Representation) == Example.receiverPublic)
        for shared in [
            try sender.sharedSecretFromKeyAgreement(with: receiver.publicKey),
            try receiver.sharedSecretFromKeyAgreement(with: sender.publicKey),
        ] {
            let keys = KeySchedule(
                sharedSecret: shared.withUnsafeBytes { Array($0) }, receiver: try Example.bytes(Example.receiverPublic),
                sender: try Example.bytes(Example.senderPublic), secret: try Example.bytes(Example.secret),
                salt: try Example.bytes(Example.salt)
            )
            let steps = [
                (keys.sharedSecret, Example.sharedSecret), (keys.secretKey, Example.secretKey),
                (keys.keyInfo, Example.keyInfo), (keys.keyingMaterial, Example.keyingMaterial),
                (keys.pseudoRandomKey, Example.pseudoRandomKey), (KeySchedule.contentKeyInfo, Example.contentKeyInfo),
                (keys.contentKey, Example.contentKey), (KeySchedule.nonceInfo, Example.nonceInfo),
                (keys.nonce, Example.nonce),
            ]
            for (made, expected) in steps { #expect(Base64URL.encode(made) == expected) }
        }
    }

    @Test func `the message of the appendix becomes its body, and the body the message`() throws {
        let message = try Example.bytes(Example.plaintext)
        #expect(String(decoding: message, as: UTF8.self) == "When I grow up, I want to be a watermelon")
        let body = try PushEncryption.seal(
            message, for: Example.subscription(), sender: Example.sender(), salt: Example.bytes(Example.salt)
        )
        #expect(body.count == 144)
        #expect(Base64URL.encode(body.prefix(86)) == Example.header)
        #expect(Base64URL.encode(body.dropFirst(86)) == Example.ciphertext)
        let opened = try PushEncryption.open(
            Example.bytes(Example.header) + Example.bytes(Example.ciphertext), receiver: Example.receiver(),
            secret: Example.bytes(Example.secret)
        )
        #expect(opened == message)
    }

    @Test(arguments: [0, 1, 17, 3_000, 3_992, 3_993])
    func `messages of every size come through, no two alike`(count: Int) throws {
        let (subscription, receiver) = (try Example.subscription(), try Example.receiver())
        let message = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let body = try PushEncryption.seal(message, for: subscription)
        #expect(body.count == 86 + count + 17)
        #expect(body.count <= PushEncryption.bodyBytesMax)
        let opened = try PushEncryption.open(body, receiver: receiver, secret: subscription.secret)
        #expect(opened == message)
        let again = try PushEncryption.seal(message, for: subscription)
        #expect(body.prefix(16) != again.prefix(16), "a salt of its own")
        #expect(body[21..<86] != again[21..<86], "a key of its own")
    }

    @Test func `a byte more than fits is refused`() throws {
        let subscription = try Example.subscription()
        #expect(throws: PushEncryption.Failure.tooLong) {
            try PushEncryption.seal([UInt8](repeating: 0x61, count: 3_994), for: subscription)
        }
    }

    @Test func `what was changed, cut or meant for others is not read`() throws {
        let (subscription, receiver) = (try Example.subscription(), try Example.receiver())
        let body = try PushEncryption.seal(Array("Buy milk".utf8), for: subscription)
        func open(_ body: [UInt8], _ key: P256.KeyAgreement.PrivateKey, _ secret: [UInt8]) -> [UInt8]? {
            try? PushEncryption.open(body, receiver: key, secret: secret)
        }
        for index in body.indices where ![16, 17, 18, 19].contains(index) {
            var changed = body
            changed[index] ^= 0x01
            #expect(open(changed, receiver, subscription.secret) == nil, "byte \(index)")
        }
        for count in [0, 15, 85, 86, 102, body.count - 1] {
            #expect(open(Array(body.prefix(count)), receiver, subscription.secret) == nil)
        }
        #expect(open(body, P256.KeyAgreement.PrivateKey(), subscription.secret) == nil)
        #expect(open(body, receiver, [UInt8](repeating: 0, count: 16)) == nil)
    }
}

import Configuration
import Foundation
import WebPush

extension Setting.Reader {
    /// Hosts that one installation names at most.
    private static let privateHostsMax = 50

    /// `VAPID_PUBLIC_KEY` and `VAPID_PRIVATE_KEY`, the names that operators know, in Base64url. Never flags.
    func vapidKeys() throws(ConfigurationError) -> VapidKeys? {
        let publicKey = reader.string(forKey: "vapid.public.key") ?? ""
        let privateKey = reader.string(forKey: "vapid.private.key", isSecret: true) ?? ""
        if publicKey.isEmpty, privateKey.isEmpty { return nil }
        guard let keys = VapidKeys(publicKey: publicKey, privateKey: privateKey) else {
            throw ConfigurationError(
                name: "VAPID_PUBLIC_KEY",
                expected: "a key of P-256 in base64url, with its private half in VAPID_PRIVATE_KEY"
            )
        }
        return keys
    }

    /// `ERRAND_VAPID_CONTACT`.
    func vapidContact() throws(ConfigurationError) -> VapidContact? {
        guard let text = text("vapid-contact") else { return nil }
        guard let contact = VapidContact(text) else {
            throw ConfigurationError(
                name: "vapid-contact", expected: "a mailto: or https: address that others can reach"
            )
        }
        return contact
    }

    /// `ERRAND_NOTIFY_PRIVATE_HOSTS`: names or addresses, each for all ports or with one, separated by commas.
    func privateHosts() throws(ConfigurationError) -> Set<String> {
        let hosts = (text("notify-private-hosts") ?? "").split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces).lowercased()
        }
        let isFit = hosts.allSatisfy { host in
            (1...260).contains(host.utf8.count)
                && host.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x61...0x7A: true
                    default: "-._:".utf8.contains(byte)
                    }
                }
        }
        guard isFit, hosts.count <= Setting.Reader.privateHostsMax else {
            throw ConfigurationError(
                name: "notify-private-hosts",
                expected: "at most \(Setting.Reader.privateHostsMax) exact host names, separated by commas"
            )
        }
        return Set(hosts)
    }
}

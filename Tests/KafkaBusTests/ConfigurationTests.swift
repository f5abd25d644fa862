import Foundation
import KafkaBus
import Testing

@Suite struct ConfigurationTests {
    private func properties(_ list: [KafkaConfiguration.Property]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: list.map { ($0.name, $0.value) })
    }

    @Test func `without a password nothing is encrypted, nor is anything said of passwords`() throws {
        let configuration = try KafkaConfiguration(bootstrapServers: "kafka:9092", clientID: "chat-api")
        let properties = properties(configuration.connectionProperties)
        #expect(properties["bootstrap.servers"] == "kafka:9092")
        #expect(properties["client.id"] == "chat-api")
        #expect(properties["security.protocol"] == "plaintext")
        #expect(properties.keys.filter { $0.hasPrefix("sasl") || $0.hasPrefix("ssl") } == [])
    }

    @Test(arguments: KafkaConfiguration.Mechanism.allCases)
    func `a password brings TLS with it`(mechanism: KafkaConfiguration.Mechanism) throws {
        let configuration = try KafkaConfiguration(
            bootstrapServers: "a:1,b:2", username: "errand", password: "s3cret", mechanism: mechanism,
            clientID: "chat-api"
        )
        let properties = properties(configuration.connectionProperties)
        #expect(properties["security.protocol"] == "sasl_ssl")
        #expect(properties["sasl.mechanism"] == mechanism.rawValue)
        #expect(properties["sasl.username"] == "errand")
        #expect(properties["sasl.password"] == "s3cret")
        #expect(properties["ssl.endpoint.identification.algorithm"] == "https")
        #expect(properties["ssl.ca.location"] == nil)
    }

    @Test func `TLS can be had without a password and the other way round, with an authority of one's own`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pem").path
        #expect(FileManager.default.createFile(atPath: file, contents: Data()))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let tls = try KafkaConfiguration(bootstrapServers: "a", usesTLS: true, caFile: file, clientID: "x")
        #expect(properties(tls.connectionProperties)["security.protocol"] == "ssl")
        #expect(properties(tls.connectionProperties)["ssl.ca.location"] == file)
        let plain = try KafkaConfiguration(
            bootstrapServers: "a", username: "u", password: "p", usesTLS: false, clientID: "x"
        )
        #expect(properties(plain.connectionProperties)["security.protocol"] == "sasl_plaintext")
        #expect(properties(plain.connectionProperties)["sasl.mechanism"] == "SCRAM-SHA-512")
    }

    @Test func `producers leave no gap, consumers commit by themselves and see committed records alone`() throws {
        let configuration = try KafkaConfiguration(bootstrapServers: "a", clientID: "x")
        let producer = properties(configuration.producerProperties)
        #expect(producer["enable.idempotence"] == "true")
        #expect(producer["acks"] == "all")
        #expect(producer["message.timeout.ms"] == "0")
        let consumer = properties(configuration.consumerProperties(group: "audit-service"))
        #expect(consumer["group.id"] == "audit-service")
        #expect(consumer["enable.auto.commit"] == "false")
        #expect(consumer["auto.offset.reset"] == "earliest")
        #expect(consumer["isolation.level"] == "read_committed")
        #expect(consumer["partition.assignment.strategy"] == "roundrobin")
        #expect(consumer["session.timeout.ms"] == "6000")
        #expect(consumer["fetch.wait.max.ms"] == "100")
    }

    @Test(arguments: [
        ("", nil, nil, nil, "x", KafkaConfigurationError.Setting.bootstrapServers),
        ("a:9092,", nil, nil, nil, "x", .bootstrapServers),
        ("a:0", nil, nil, nil, "x", .bootstrapServers),
        ("a:99999", nil, nil, nil, "x", .bootstrapServers),
        ("a b:9092", nil, nil, nil, "x", .bootstrapServers),
        ("kafka://a:9092", nil, nil, nil, "x", .bootstrapServers),
        ("a", "", "p", nil, "x", .username),
        ("a", nil, "s3cret", nil, "x", .username),
        ("a", "u", "", nil, "x", .password),
        ("a", "u", nil, nil, "x", .password),
        ("a", nil, nil, "/nowhere/ca.pem", "x", .caFile),
        ("a", "u", "s3cret", "/nowhere/ca.pem", "x", .caFile),
        ("a", nil, nil, nil, "", .clientID),
    ])
    func `a setting that makes no sense is named, and its value is not`(
        servers: String, username: String?, password: String?, caFile: String?, client: String,
        setting: KafkaConfigurationError.Setting
    ) throws {
        let error = try #require(throws: KafkaConfigurationError.self) {
            try KafkaConfiguration(
                bootstrapServers: servers, username: username, password: password, caFile: caFile, clientID: client
            )
        }
        #expect(error.setting == setting)
        #expect(error.description.hasPrefix(setting.rawValue))
        #expect(!error.description.contains("s3cret"))
    }

    @Test func `addresses of every kind are taken`() throws {
        for servers in ["a", "a:9092", "a.b.c:1,d-e:65535", "127.0.0.1:9092", "[::1]:9092"] {
            #expect(try KafkaConfiguration(bootstrapServers: servers, clientID: "x").bootstrapServers == servers)
        }
    }

    @Test func `a password is in no description, dump or reflection`() throws {
        let configuration = try KafkaConfiguration(
            bootstrapServers: "a", username: "u", password: "s3cret", clientID: "x"
        )
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped, "\([configuration])"] {
            #expect(!text.contains("s3cret"))
            #expect(text.contains("SCRAM-SHA-512 as u"))
        }
    }
}

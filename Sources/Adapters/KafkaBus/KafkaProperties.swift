/// Settings as librdkafka names them
/// (<https://github.com/confluentinc/librdkafka/blob/v2.0.2/CONFIGURATION.md>).
extension KafkaConfiguration {
    package typealias Property = (name: String, value: String)

    /// How to reach and trust the brokers. Holds the password.
    package var connectionProperties: [Property] {
        var properties: [Property] = [
            ("bootstrap.servers", bootstrapServers),
            ("client.id", clientID),
            ("security.protocol", securityProtocol),
            // Brokers that come back are found within two seconds; the default lets a client wait for ten.
            ("reconnect.backoff.max.ms", "2000"),
            // Brokers close idle connections, which is no event worth a line.
            ("log.connection.close", "false"),
            // Topics and partitions that are added later are noticed this soon.
            ("topic.metadata.refresh.interval.ms", "10000"),
        ]
        if let username, let password {
            properties += [
                ("sasl.mechanism", mechanism.rawValue), ("sasl.username", username), ("sasl.password", password),
            ]
        }
        if usesTLS {
            // The name in the certificate has to be the broker's.
            properties.append(("ssl.endpoint.identification.algorithm", "https"))
            if let caFile { properties.append(("ssl.ca.location", caFile)) }
        }
        return properties
    }

    private var securityProtocol: String {
        switch (username != nil, usesTLS) {
        case (true, true): "sasl_ssl"
        case (true, false): "sasl_plaintext"
        case (false, true): "ssl"
        case (false, false): "plaintext"
        }
    }

    package var producerProperties: [Property] {
        connectionProperties + [
            // With it brokers drop what a client sends twice, and refuse what would leave a gap.
            ("enable.idempotence", "true"),
            ("acks", "all"),
            ("max.in.flight.requests.per.connection", "5"),
            // Rather no producer than a gap: a producer that fails is replaced, see KafkaPublisher.
            ("enable.gapless.guarantee", "true"),
            // Messages of one key would time out one by one, the first before the second: a gap. We give up for all
            // at once instead, after deliveryTimeout.
            ("message.timeout.ms", "0"),
            ("linger.ms", "2"),
            ("queue.buffering.max.messages", "10000"),
            // As Java clients and Kafka's tools do it, so that a key has one partition whoever writes.
            ("partitioner", "murmur2_random"),
            ("compression.codec", "lz4"),
        ]
    }

    private var receiverProperties: [Property] {
        connectionProperties + [
            ("enable.auto.commit", "false"),
            ("enable.auto.offset.store", "false"),
            ("auto.offset.reset", "earliest"),
            ("isolation.level", "read_committed"),
            ("fetch.wait.max.ms", String(fetchWait.milliseconds)),
            ("fetch.error.backoff.ms", "200"),
            // What is fetched ahead: a megabyte is a thousand events.
            ("queued.min.messages", "1000"),
            ("queued.max.messages.kbytes", "16384"),
        ]
    }

    /// For a member of the group that shares the work of a role.
    package func consumerProperties(group: String) -> [Property] {
        receiverProperties + [
            ("group.id", group),
            // Not cooperative-sticky: a commit under way while the group rebalances makes librdkafka give up all
            // partitions (https://github.com/confluentinc/librdkafka/issues/4059, fixed after Debian's 2.0.2).
            ("partition.assignment.strategy", "roundrobin"),
            ("session.timeout.ms", String(sessionTimeout.milliseconds)),
            // The others learn by it that one is missing: an interval is what a take-over costs beyond the session.
            ("heartbeat.interval.ms", String(min(sessionTimeout.milliseconds / 20, 3_000))),
            // Who handles nothing for so long is taken for dead; the longest wait for a database is far shorter.
            ("max.poll.interval.ms", "300000"),
        ]
    }

    /// For one that reads every partition by itself. librdkafka wants the name of a group, of which it then becomes
    /// no member.
    package func subscriberProperties(group: String) -> [Property] {
        receiverProperties + [("group.id", group)]
    }
}

extension Duration {
    /// Rounded down.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}

import CKafka
import ErrandCore

/// A record on its way to a topic.
struct OutgoingRecord: Hashable, Sendable {
    let topic: String
    /// Records of one key stay in order; nil for any partition.
    let key: [UInt8]?
    /// Nil as others may write it; we do not.
    let value: [UInt8]?
    let headers: [Header]

    struct Header: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The content type of structured mode
    /// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md>).
    static let contentType = Header(name: "content-type", value: "application/cloudevents+json")
}

extension OutgoingRecord {
    init(_ message: EventMessage) {
        self.init(
            topic: message.topic.rawValue, key: Array(message.key.utf8), value: Array(message.cloudEvent.utf8),
            headers: [OutgoingRecord.contentType]
        )
    }

    /// Hands a copy to librdkafka, with a reference to `batch` that the report takes back.
    ///
    /// - Returns: nil when librdkafka has it.
    func produce(with client: OpaquePointer, for batch: PendingBatch) -> rd_kafka_resp_err_t? {
        batch.addOne()
        let reference = Unmanaged.passRetained(batch)
        let error = withArguments(opaque: reference.toOpaque()) { arguments in
            rd_kafka_produceva(client, arguments.baseAddress, arguments.count)
        }
        guard let error else { return nil }
        defer { rd_kafka_error_destroy(error) }
        reference.release()
        batch.finishedOne(failure: nil)
        return rd_kafka_error_code(error)
    }

    /// The arguments as `rd_kafka_produceva` takes them, valid inside of `use`.
    private func withArguments(
        opaque: UnsafeMutableRawPointer, _ use: (UnsafeBufferPointer<rd_kafka_vu_t>) -> OpaquePointer?
    ) -> OpaquePointer? {
        topic.withCString { topic in
            withBytes(key) { key in
                withBytes(value) { value in
                    var arguments: [rd_kafka_vu_t] = [
                        .make(RD_KAFKA_VTYPE_TOPIC) { $0.u.cstr = topic },
                        .make(RD_KAFKA_VTYPE_MSGFLAGS) { $0.u.i = RD_KAFKA_MSG_F_COPY },
                        .make(RD_KAFKA_VTYPE_OPAQUE) { $0.u.ptr = opaque },
                        .make(RD_KAFKA_VTYPE_KEY) { ($0.u.mem.ptr, $0.u.mem.size) = (key.pointer, key.count) },
                        .make(RD_KAFKA_VTYPE_VALUE) { ($0.u.mem.ptr, $0.u.mem.size) = (value.pointer, value.count) },
                    ]
                    return withHeaders(headers[...], &arguments, use)
                }
            }
        }
    }

    private func withHeaders(
        _ headers: ArraySlice<Header>, _ arguments: inout [rd_kafka_vu_t],
        _ use: (UnsafeBufferPointer<rd_kafka_vu_t>) -> OpaquePointer?
    ) -> OpaquePointer? {
        guard let header = headers.first else { return arguments.withUnsafeBufferPointer(use) }
        return header.name.withCString { name in
            header.value.withCString { value in
                arguments.append(
                    .make(RD_KAFKA_VTYPE_HEADER) {
                        // -1: up to the zero at its end.
                        ($0.u.header.name, $0.u.header.val, $0.u.header.size) = (name, UnsafeRawPointer(value), -1)
                    }
                )
                return withHeaders(headers.dropFirst(), &arguments, use)
            }
        }
    }

    private func withBytes<Result>(
        _ bytes: [UInt8]?, _ use: ((pointer: UnsafeMutableRawPointer?, count: Int)) -> Result
    ) -> Result {
        guard let bytes else { return use((nil, 0)) }
        // An empty text is not the same as none: its pointer must not be nil.
        return (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { buffer in
            use((UnsafeMutableRawPointer(mutating: buffer.baseAddress), bytes.count))
        }
    }
}

extension rd_kafka_vu_t {
    fileprivate static func make(
        _ type: rd_kafka_vtype_t, _ set: (inout rd_kafka_vu_t) -> Void
    ) -> rd_kafka_vu_t {
        var argument = rd_kafka_vu_t()
        argument.vtype = type
        set(&argument)
        return argument
    }
}

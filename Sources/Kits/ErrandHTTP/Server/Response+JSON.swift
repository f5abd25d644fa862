public import ErrandCore
public import HTTPTypes
public import Hummingbird
import NIOCore

extension Response {
    /// An answer with a JSON body.
    public init(_ status: HTTPResponse.Status = .ok, json: JSONValue, headers: HTTPFields = [:]) {
        self.init(status, bytes: json.serialized(), type: "application/json", headers: headers)
    }

    public init(_ problem: Problem, requestID: String?) {
        var headers = HTTPFields()
        for (name, value) in problem.headers { headers[name] = value }
        self.init(
            problem.status, bytes: problem.json(requestID: requestID).serialized(), type: "application/problem+json",
            headers: headers
        )
    }

    /// An answer with a body whose length is known.
    public init(_ status: HTTPResponse.Status, bytes: [UInt8], type: String, headers: HTTPFields) {
        var headers = headers
        headers[.contentType] = type
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

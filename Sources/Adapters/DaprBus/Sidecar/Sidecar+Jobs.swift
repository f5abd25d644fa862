public import CivilTime
public import ErrandCore

/// Jobs (<https://docs.dapr.io/reference/api/jobs_api/>), stable since Dapr 1.18.
extension Sidecar {
    /// Has `POST /job/<name>` called once at `instant`, to the second or so, by way of one replica of this app. A job
    /// of that name is replaced.
    ///
    /// It may be called more than once, and a job may get lost with its scheduler: nothing may depend on it alone.
    ///
    /// - Parameters:
    ///   - name: lower-case letters, digits and `-`, at most 60: it goes unescaped into the path of the callback.
    ///   - data: the body of the callback, which says nothing else of the job.
    public func schedule(
        job name: String, at instant: Instant, data: JSONValue
    ) async throws(SidecarError) {
        let body: JSONValue = ["dueTime": .string(instant.description), "data": data, "overwrite": true]
        _ = try await succeed(
            SidecarRequest(
                method: "POST", path: try Sidecar.path(ofJob: name),
                headers: [("Content-Type", "application/json")], body: body.serialized()
            )
        )
    }

    /// Removes a job; one that does not exist is no error.
    public func delete(job name: String) async throws(SidecarError) {
        _ = try await succeed(SidecarRequest(method: "DELETE", path: try Sidecar.path(ofJob: name)))
    }

    private static func path(ofJob name: String) throws(SidecarError) -> String {
        let isSafe = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x2D: true
            default: false
            }
        }
        guard isSafe, (1...60).contains(name.utf8.count) else { throw .invalidCall("The job's name is not safe.") }
        return "/v1.0/jobs/\(name)"
    }
}

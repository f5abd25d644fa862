import CivilTime
import ErrandCore
import NIOHTTP1

/// `/v1.0/jobs/{name}` ([reference](https://docs.dapr.io/reference/api/jobs_api/)).
struct JobsAPI: Sendable {
    let appID: String
    let scheduler: FakeScheduler

    func answer(_ call: APICall, name: String) throws(APIError) -> APIAnswer {
        switch call.method {
        case .POST: return try schedule(call, name)
        case .GET: return try get(name)
        case .DELETE:
            scheduler.delete(name, of: appID)
            return .noContent
        default: throw APIError(405, "ERR_METHOD_NOT_ALLOWED", "method not allowed")
        }
    }

    private func schedule(_ call: APICall, _ name: String) throws(APIError) -> APIAnswer {
        guard let body = try? JSONValue.parse(call.body).object else {
            throw APIError(400, "ERR_MALFORMED_REQUEST", "the body is no JSON object")
        }
        guard body["name"] == nil else {
            throw APIError(
                400, "DAPR_SCHEDULER_JOB_NAME", "the name belongs into the path", reason: "DAPR_SCHEDULER_JOB_NAME"
            )
        }
        let job = try Job(name, body, now: Instant.wallClock())
        guard scheduler.schedule(job, of: appID, overwriting: body["overwrite"]?.bool ?? false) else {
            throw APIError(
                409, "DAPR_SCHEDULER_JOB_ALREADY_EXISTS", "job \(name) exists",
                reason: "DAPR_SCHEDULER_JOB_ALREADY_EXISTS"
            )
        }
        return .noContent
    }

    private func get(_ name: String) throws(APIError) -> APIAnswer {
        guard let job = scheduler.job(name, of: appID) else {
            // 500, not 404.
            throw APIError(
                500, "DAPR_SCHEDULER_GET_JOB", "job \(name) is not found", reason: "DAPR_SCHEDULER_GET_JOB"
            )
        }
        var answer: JSONObject = ["name": .string(name)]
        for member in ["schedule", "dueTime", "repeats", "failurePolicy"] { answer[member] = job.request[member] }
        if let data = job.data {
            answer["data"] = ["@type": "type.googleapis.com/google.protobuf.Value", "value": data]
        }
        return .json(.object(answer))
    }
}

import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `POST /api/v1/tasks/batch`
func runBatch(_ call: APICall) async throws -> Response {
    let batch = try RunBatch(call.json)
    let requestID = call.context.requestID
    return try await call.perform(batch) { outcome in
        let results = outcome.results.map { JSONValue.object(resultJSON($0.id, $0.result, requestID)) }
        return .json(["results": .array(results), "applied": .bool(outcome.isApplied)])
    }
}

/// What the command would have been answered as a request of its own.
private func resultJSON(
    _ id: String, _ result: Result<RunBatch.StepOutcome, ErrandError>, _ requestID: String
) -> JSONObject {
    switch result {
    case .success(.created(let task)): ["id": .string(id), "status": 201, "task": task.json]
    case .success(.existing(let task)), .success(.changed(let task)):
        ["id": .string(id), "status": 200, "task": task.json]
    case .success(.deleted): ["id": .string(id), "status": 204]
    case .failure(let error):
        [
            "id": .string(id), "status": JSONValue(Problem(error).status.code),
            "problem": Problem(error).json(requestID: requestID),
        ]
    }
}

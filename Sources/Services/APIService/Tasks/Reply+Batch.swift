import ErrandCore
import ErrandHTTP
import Hummingbird

extension Reply {
    /// Each command with what it would have been answered as a request of its own.
    static func batch(_ outcome: RunBatch.Outcome, requestID: String) -> Reply {
        let results = outcome.results.map { JSONValue.object(resultJSON($0.id, $0.result, requestID)) }
        return .json(["results": .array(results), "applied": .bool(outcome.isApplied)])
    }

    private static func resultJSON(
        _ id: String, _ result: Result<RunBatch.StepOutcome, ErrandError>, _ requestID: String
    ) -> JSONObject {
        switch result {
        case .success(let outcome):
            guard let task = outcome.json else { return ["id": .string(id), "status": 204] }
            return ["id": .string(id), "status": outcome.isNew ? 201 : 200, "task": task]
        case .failure(let error):
            return [
                "id": .string(id), "status": JSONValue(Problem(error).status.code),
                "problem": Problem(error).json(requestID: requestID),
            ]
        }
    }
}

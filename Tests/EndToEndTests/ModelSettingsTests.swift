import Foundation
import Testing

/// Settings of the model that chat may ask.
@Suite struct ModelSettingsTests {
    @Test(arguments: [
        (["ERRAND_MODEL_URL": "http://127.0.0.1:1/v1"], "model must be set where model-url is, or off"),
        (["ERRAND_MODEL": "m", "ERRAND_MODEL_URL": "ftp://x/v1"], "model-url must be an http or https address"),
        (["ERRAND_MODEL": "m", "ERRAND_MODEL_URL": "http://me:secret@x/v1"], "model-url must be"),
        (["OPENAI_MODEL": "m", "OPENAI_BASE_URL": "x"], "OPENAI_BASE_URL must be an http or https address"),
        (
            ["OPENAI_MODEL": "m", "OPENAI_API_KEY": "secret with spaces"],
            "OPENAI_API_KEY must be letters without spaces"
        ),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_DIALECT": "soap"], "model-dialect must be one of auto, chat, responses"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_SECONDS": "0"], "model-seconds must be a whole number from 1 to 600"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_PATH_STYLE": "azure"], "model-api-version must be a version"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_BODY": #"{"messages":[]}"#], "model-body must be a JSON object without"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_HEADERS": #"{"Host":"secret"}"#], "ERRAND_MODEL_HEADERS must be a JSON"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_TOKEN_FIELD": "tokens"], "model-token-field must be one of auto, max_"),
        (["OPENAI_MODEL": "m", "ERRAND_MODEL_AUTH_HEADER": "a b"], "model-auth-header must be the name of a header"),
    ])
    func `a wrong value is refused by name, and is not repeated`(
        _ environment: [String: String], _ sentence: String
    ) async throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        let outcome = try await CommandLineClient(home: home, server: "").inBackground(
            ["serve", "--data", home.path(percentEncoded: false), "--port", "0", "--internal-port", "0"],
            environment: environment
        )
        #expect(outcome.status != 0)
        #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(!(outcome.errors + outcome.output).contains("secret"))
    }
}

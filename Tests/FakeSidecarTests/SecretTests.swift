import ErrandCore
import FakeSidecar
import Testing

@Suite struct SecretTests {
    @Test func `secrets are maps, and each refusal has its status`() async throws {
        let store = SecretStore(["db": ["user": "u", "password": "p"], "key": ["key": "k"]], denied: ["key"])
        try await Bench.with(on: FakeCluster(secretStores: ["vault": store]), isAppUp: false) { bench in
            let secret = await bench.send("GET", "/v1.0/secrets/vault/db?metadata.namespace=errand")
            #expect(secret.status == 200)
            #expect(secret.json == ["password": "p", "user": "u"])
            let bulk = await bench.send("GET", "/v1.0/secrets/vault/bulk")
            #expect(bulk.json == ["db": ["password": "p", "user": "u"]])
            for (path, status, code) in [
                ("other/db", 401, "ERR_SECRET_STORE_NOT_FOUND"), ("vault/key", 403, "ERR_PERMISSION_DENIED"),
                ("vault/none", 500, "ERR_SECRET_GET"),
            ] {
                let answer = await bench.send("GET", "/v1.0/secrets/\(path)")
                #expect(answer.status == status)
                #expect(answer.json["errorCode"] == .string(code))
            }
        }
    }
}

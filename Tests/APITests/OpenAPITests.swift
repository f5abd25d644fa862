import APIService
import ErrandCore
import HTTPTypes
import TestSupport
import Testing

@Suite struct OpenAPITests {
    @Test func `document and route table agree both ways`() async throws {
        try await TestAPI.with { api in
            let document = try await api.send(.get, "/openapi.json").json
            var described: Set<String> = []
            for path in document["paths"]?.object?.members ?? [] {
                for operation in path.value.object?.members ?? [] where operation.name != "parameters" {
                    described.insert("\(operation.name.uppercased()) \(path.name)")
                    #expect(operation.value["operationId"]?.string != nil)
                    #expect(operation.value["responses"]?.object?.isEmpty == false)
                }
            }
            let served = Set(Route.all.map { "\($0.method.rawValue) \($0.path)" })
            // The websocket-service has a door of its own.
            #expect(described.remove("GET /api/v1/live") != nil)
            #expect(described.subtracting(served) == [], "described but not served")
            #expect(served.subtracting(described) == [], "served but not described")
        }
    }

    @Test func `each route is a row of the catalogue, and each row has a route`() {
        let rows = Set(Catalogue.entries.map(\.name) + Catalogue.assisted.map(\.name))
        let routes = Route.all.compactMap(\.operation)
        #expect(Set(routes).subtracting(rows) == [], "no row has that name")
        #expect(rows.subtracting(routes) == [], "not served")
        #expect(Set(routes).count == routes.count, "a row has one route")
        #expect(
            Route.all.filter { $0.operation == nil }.map(\.path)
                == ["/.well-known/jwks.json", "/api/v1/notifications/push-key"])
    }

    @Test func `the document knows every action of the audit log and every code of a conflict`() async throws {
        try await TestAPI.with { api in
            let schemas = try await api.send(.get, "/openapi.json").json["components"]?["schemas"]
            func values(_ schema: JSONValue?) -> Set<String> {
                Set((schema?["enum"]?.array ?? []).compactMap(\.string))
            }
            let types = EventTypes.all.map(\.type.name)
            #expect(values(schemas?["AuditAction"]) == Set(types))
            let codes = values(schemas?["Problem"]?["properties"]?["code"])
            #expect(Set(ErrandError.Conflict.allCases.map(\.rawValue)).subtracting(codes) == [])
        }
    }

    @Test func `pages and their assets are served, with a strict policy`() async throws {
        try await TestAPI.with { api in
            for path in ["/", "/docs"] {
                let page = try await api.send(.get, path)
                #expect(page.status == 200)
                #expect(
                    page.header("content-security-policy")?.hasPrefix("default-src 'none'; script-src 'self'") == true)
                #expect(
                    page.header("content-security-policy")?
                        .hasSuffix("; require-trusted-types-for 'script'; trusted-types errand") == true)
                let text = String(decoding: page.bytes, as: UTF8.self)
                #expect(!text.contains("/assets/@/"))
                for asset in text.matches(of: #/"(\/assets\/[^"]+)"/#) {
                    let answer = try await api.send(.get, String(asset.1))
                    #expect(answer.status == 200, "\(asset.1)")
                    #expect(answer.header("cache-control")?.contains("immutable") == true)
                }
            }
            #expect(try await api.send(.get, "/assets/x/../Package.swift").status == 404)
            let worker = try await api.send(.get, "/sw.js")
            #expect(worker.status == 200 && worker.header("content-type") == "text/javascript; charset=utf-8")
            #expect(
                worker.header("content-security-policy")?.contains("connect-src 'self'") == true, "it calls the API")
            #expect(
                worker.header("content-security-policy")?.contains("script-src 'self'") == true, "and loads the page")
            #expect(worker.header("cache-control") == "no-cache")
        }
    }

    @Test func `what another program shares opens the page`() async throws {
        try await TestAPI.with { api in
            let page = try await api.send(.get, "/")
            let shared = try await api.send(
                .get,
                "/?title=Tea%20%26%20milk&text=%3Cscript%3Ealert(1)%3C%2Fscript%3E&url=https%3A%2F%2Fexample.org%2F")
            #expect(
                shared.status == 200 && shared.bytes == page.bytes, "the same for everybody: nothing of it comes back")
            #expect(shared.header("content-security-policy") == page.header("content-security-policy"))
        }
    }
}

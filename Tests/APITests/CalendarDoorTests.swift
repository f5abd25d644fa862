import ErrandCore
import Foundation
import HTTPTypes
import TestSupport
import Testing
import WebDAV

/// The door of calendar programs as they find it: HTTP and XML.
@Suite struct CalendarDoorTests {
    private struct Client {
        let api: TestAPI
        let id: String
        let secret: String

        /// Somebody new with a token for a program.
        init(_ api: TestAPI, _ name: String = "ana", scopes: [String] = ["tasks:read", "tasks:write"]) async throws {
            let account = try await api.signUp(name)
            let session = account["access_token"]?.string ?? ""
            let made = try await api.send(
                .post, "/api/v1/me/tokens", token: session,
                json: ["name": "calendar", "scopes": JSONValue(strings: scopes)])
            self.api = api
            id = account["user"]?["id"]?.string ?? ""
            secret = made.json["token"]?.string ?? ""
        }

        var list: String { "/dav/calendars/\(id)/tasks/" }

        func send(
            _ method: String, _ path: String, _ body: String = "", headers: [String: String] = [:], user: String = "x"
        ) async throws -> Answer {
            let basic = Data("\(user):\(secret)".utf8).base64EncodedString()
            var headers = headers
            headers["authorization"] = "Basic \(basic)"
            if headers["content-type"] == nil { headers["content-type"] = "application/xml" }
            let method = try #require(HTTPRequest.Method(method))
            return try await api.send(method, path, headers: headers, bytes: Array(body.utf8))
        }

        func put(
            _ name: String, _ lines: [String], headers: [String: String] = [:]
        ) async throws -> Answer {
            let todo = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTODO", "UID:\(name)"] + lines
            let text = (todo + ["END:VTODO", "END:VCALENDAR", ""]).joined(separator: "\r\n")
            var headers = headers
            headers["content-type"] = "text/calendar; charset=utf-8"
            return try await send("PUT", "\(list)\(name).ics", text, headers: headers)
        }

        func xml(_ answer: Answer) throws -> XMLElement { try XMLElement.parse(answer.bytes) }

        /// Addresses with their statuses, in place of properties.
        func hrefs(_ answer: Answer) throws -> [String] {
            try xml(answer).all(.dav("response")).compactMap { $0.first(.dav("href"))?.value }
        }
    }

    private static let tagsOnly = "<propfind xmlns=\"DAV:\"><prop><getetag/></prop></propfind>"

    @Test func `a program finds its way from the host alone`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            let first = try await client.send("PROPFIND", "/.well-known/caldav")
            #expect(first.status == 301 && first.header("location") == "/dav/")
            let body = """
                <propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><current-user-principal/>
                <C:calendar-home-set/><resourcetype/><C:supported-calendar-component-set/><sync-token/></prop>
                </propfind>
                """
            func value(_ path: String, _ depth: String, _ at: Int, _ name: XMLName) async throws -> XMLElement? {
                let answer = try await client.send("PROPFIND", path, body, headers: ["depth": depth])
                #expect(answer.status == 207)
                let responses = try client.xml(answer).all(.dav("response"))
                return responses[at].first(.dav("propstat"))?.first(.dav("prop"))?.first(name)
            }
            let principal = try await value("/dav/", "0", 0, .dav("current-user-principal"))?.first(.dav("href"))?.value
            #expect(principal == "/dav/principals/\(client.id)/")
            let home = try await value(principal ?? "", "0", 0, .calendar("calendar-home-set"))
            #expect(home?.first(.dav("href"))?.value == "/dav/calendars/\(client.id)/")
            let types = try await value("/dav/calendars/\(client.id)/", "1", 1, .dav("resourcetype"))
            #expect(types?.first(.calendar("calendar")) != nil)
            #expect(try await value(client.list, "0", 0, .dav("sync-token"))?.value.hasPrefix("urn:") == true)
            let options = try await api.send(.options, "/dav/")
            #expect(options.header("dav")?.contains("calendar-access") == true)
        }
    }

    @Test func `nobody comes in without a token, and nobody to another's`() async throws {
        try await TestAPI.with { api in
            let ana = try await Client(api)
            let ben = try await Client(api, "ben")
            _ = try await ana.put("a", ["SUMMARY:Secret"])
            let propfind = try #require(HTTPRequest.Method("PROPFIND"))
            let nobody = try await api.send(propfind, ana.list)
            #expect(nobody.status == 401 && nobody.header("www-authenticate")?.hasPrefix("Basic") == true)
            let session = try await api.signUp("eve")["access_token"]?.string ?? ""
            let cookie = try await api.send(
                propfind, ana.list,
                headers: ["cookie": "errand_access=\(session)", "sec-fetch-site": "same-origin"])
            #expect(cookie.status == 401, "a cookie is for the page")
            for (method, path) in [
                ("PROPFIND", ana.list), ("GET", "\(ana.list)a.ics"), ("DELETE", "\(ana.list)a.ics"),
                ("PROPFIND", "/dav/principals/\(ana.id)/"), ("PROPFIND", "/dav/calendars/\(ana.id)/"),
                ("REPORT", ana.list),
            ] {
                #expect(try await ben.send(method, path).status == 404, "\(method) \(path)")
            }
            #expect(try await ana.send("GET", "\(ana.list)a.ics").status == 200)
        }
    }

    @Test func `a token that only reads only reads`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api, scopes: ["tasks:read"])
            let refused = try await client.put("a", ["SUMMARY:A"])
            #expect(refused.status == 403)
            #expect(try client.xml(refused).first(.dav("need-privileges")) != nil)
            let answer = try await client.send(
                "PROPFIND", client.list,
                "<propfind xmlns=\"DAV:\"><prop><current-user-privilege-set/></prop></propfind>")
            #expect(!String(decoding: answer.bytes, as: UTF8.self).contains("write"))
        }
    }

    @Test func `objects are made, read, changed and removed under their tags`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            let made = try await client.put("a", ["SUMMARY:A"], headers: ["if-none-match": "*"])
            let tag = try #require(made.header("etag"))
            #expect(made.status == 201)
            #expect(try await client.put("a", ["SUMMARY:B"], headers: ["if-none-match": "*"]).status == 412)
            #expect(try await client.put("a", ["SUMMARY:B"], headers: ["if-match": "\"0.0\""]).status == 412)
            let changed = try await client.put("a", ["SUMMARY:B"], headers: ["if-match": tag])
            #expect(changed.status == 204 && changed.header("etag") != tag)
            let read = try await client.send("GET", "\(client.list)a.ics")
            #expect(read.header("etag") == changed.header("etag"))
            #expect(read.header("content-type")?.hasPrefix("text/calendar") == true)
            let unchanged = try await client.send(
                "GET", "\(client.list)a.ics", headers: ["if-none-match": read.header("etag") ?? ""])
            #expect(unchanged.status == 304 && unchanged.bytes.isEmpty)
            #expect(try await client.send("DELETE", "\(client.list)a.ics", headers: ["if-match": tag]).status == 412)
            #expect(try await client.send("DELETE", "\(client.list)a.ics").status == 204)
            #expect(try await client.send("GET", "\(client.list)a.ics").status == 404)
            #expect(try await client.send("DELETE", client.list).status == 403)
            let taken = try await client.put("b", ["SUMMARY:B"])
            #expect(taken.status == 201)
            let doubled = try await client.send(
                "PUT", "\(client.list)c.ics",
                "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:b\r\nSUMMARY:C\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
                headers: ["content-type": "text/calendar"])
            #expect(doubled.status == 409)
            let conflict = try client.xml(doubled).first(.calendar("no-uid-conflict"))
            #expect(conflict?.first(.dav("href"))?.value == "\(client.list)b.ics")
            let undo = try await api.events(.taskCreated)
            #expect(undo.first?["actor"]?["via"] == "caldav" || undo.first?["payload"] != nil)
        }
    }

    @Test func `bad input is named, and nothing is written`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            func refused(_ method: String, _ body: String, _ headers: [String: String] = [:]) async throws -> String {
                let path = method == "PUT" ? "\(client.list)a.ics" : client.list
                let answer = try await client.send(method, path, body, headers: headers)
                let condition = (try? XMLElement.parse(answer.bytes))?.children.first?.name.local
                return "\(answer.status) \(condition ?? answer.code ?? "")"
            }
            let calendar = ["content-type": "text/calendar"]
            #expect(try await refused("PUT", "no calendar", calendar) == "403 valid-calendar-data")
            #expect(
                try await refused("PUT", "<a/>", ["content-type": "application/xml"])
                    == "403 supported-calendar-data")
            let long = String(repeating: "x", count: Limits.calendarObjectBytesMax + 1)
            #expect(try await refused("PUT", long, calendar) == "403 max-resource-size")
            #expect(try await refused("PROPFIND", "", ["depth": "infinity"]) == "403 propfind-finite-depth")
            #expect(try await refused("PROPFIND", "", ["depth": "2"]) == "400 malformed_request")
            #expect(try await refused("PROPFIND", "<propfind") == "400 malformed_request")
            #expect(try await refused("REPORT", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>") == "400 malformed_request")
            #expect(try await refused("REPORT", "<free-busy-query xmlns=\"DAV:\"/>") == "403 supported-report")
            #expect(try await refused("MKCALENDAR", "") == "403 resource-must-be-null")
            let other = try await client.send("MKCALENDAR", "/dav/calendars/\(client.id)/other/")
            #expect(
                other.status == 403
                    && (try? XMLElement.parse(other.bytes))?.children.first?.name.local
                        == "calendar-collection-location-ok"
            )
            #expect(try await refused("POST", "") == "405 method_not_allowed")
            for token in ["urn:errand:sync:99.9", "nonsense"] {
                let sync = """
                    <sync-collection xmlns="DAV:"><sync-token>\(token)</sync-token><prop><getetag/></prop>
                    </sync-collection>
                    """
                #expect(try await refused("REPORT", sync) == "403 valid-sync-token")
            }
            let query = """
                <C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop>
                <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO">%</C:comp-filter></C:comp-filter>
                </C:filter></C:calendar-query>
                """
            for (part, condition) in [
                ("<C:prop-filter/>", "valid-filter"), ("<C:time-range start=\"soon\"/>", "valid-filter"),
                ("<C:time-range start=\"20260102T000000Z\" end=\"20260101T000000Z\"/>", "valid-filter"),
                (
                    "<C:comp-filter name=\"STANDARD\"><C:time-range start=\"20260101T000000Z\"/></C:comp-filter>",
                    "supported-filter"
                ),
                (
                    "<C:prop-filter name=\"A\"><C:text-match collation=\"i;odd\">a</C:text-match></C:prop-filter>",
                    "supported-collation"
                ),
            ] {
                #expect(try await refused("REPORT", query.replacing("%", with: part)) == "403 \(condition)", "\(part)")
            }
            let listed = try await client.send("PROPFIND", client.list, headers: ["depth": "1"])
            #expect(try client.hrefs(listed).count == 1)
        }
    }

    @Test func `reports tell tasks by name, by filter and by what has changed`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            _ = try await client.put("a", ["SUMMARY:Apples", "DUE:20260401T090000Z"])
            _ = try await client.put("b", ["SUMMARY:Bread & butter", "STATUS:COMPLETED"])
            let all = try await client.send(
                "PROPFIND", client.list, CalendarDoorTests.tagsOnly, headers: ["depth": "1"])
            #expect(try client.hrefs(all) == [client.list, "\(client.list)a.ics", "\(client.list)b.ics"])
            let multiget = """
                <C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
                <prop><getetag/><C:calendar-data/></prop><href>http://localhost\(client.list)b.ics</href>
                <href>\(client.list)none.ics</href><href>/elsewhere</href></C:calendar-multiget>
                """
            let got = try await client.send("REPORT", client.list, multiget)
            #expect(try client.hrefs(got).count == 3)
            let text = String(decoding: got.bytes, as: UTF8.self)
            #expect(text.contains("Bread &amp; butter") && text.contains("404"))
            let open = """
                <C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><getetag/></prop><C:filter>
                <C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"><C:prop-filter name="SUMMARY">
                <C:text-match negate-condition="yes">bread</C:text-match></C:prop-filter></C:comp-filter>
                </C:comp-filter></C:filter></C:calendar-query>
                """
            #expect(try client.hrefs(try await client.send("REPORT", client.list, open)) == ["\(client.list)a.ics"])
            func sync(_ token: String) async throws -> (hrefs: [String], token: String) {
                let answer = try await client.send(
                    "REPORT", client.list,
                    """
                    <sync-collection xmlns="DAV:"><sync-token>\(token)</sync-token><sync-level>1</sync-level>
                    <prop><getetag/></prop></sync-collection>
                    """)
                return (try client.hrefs(answer), try client.xml(answer).first(.dav("sync-token"))?.value ?? "")
            }
            let first = try await sync("")
            #expect(first.hrefs.count == 2)
            _ = try await client.send("DELETE", "\(client.list)a.ics")
            let second = try await sync(first.token)
            #expect(second.hrefs == ["\(client.list)a.ics"])
            #expect(try await sync(second.token).hrefs.isEmpty)
        }
    }

    /// Dapr and other ways know no PROPFIND; the frontend sends it as a POST.
    @Test func `a method may come in a field`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            let answer = try await client.send(
                "POST", client.list, CalendarDoorTests.tagsOnly,
                headers: ["x-http-method-override": "PROPFIND", "depth": "0"])
            #expect(answer.status == 207)
            let patch = try await client.send(
                "PROPPATCH", client.list,
                """
                <propertyupdate xmlns="DAV:"><set><prop><displayname>Other</displayname></prop></set></propertyupdate>
                """)
            #expect(patch.status == 207 && String(decoding: patch.bytes, as: UTF8.self).contains("403"))
        }
    }

    @Test func `occurrences are told by themselves to who asks for it, up to a limit`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            _ = try await client.put("a", ["SUMMARY:Run", "DUE:20260401T090000Z", "RRULE:FREQ=DAILY"])
            func data(_ part: String) async throws -> Answer {
                try await client.send(
                    "REPORT", client.list,
                    """
                    <C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
                    \(part)</prop><href>\(client.list)a.ics</href></C:calendar-multiget>
                    """)
            }
            func expand(_ attributes: String) -> String {
                "<C:calendar-data><C:expand \(attributes)/></C:calendar-data>"
            }
            let week = try await data(expand(#"start="20260401T000000Z" end="20260408T000000Z""#))
            let text = String(decoding: week.bytes, as: UTF8.self)
            #expect(week.status == 207)
            #expect(text.matches(of: /RECURRENCE-ID:2026040[1-7]T090000Z/).count == 7 && !text.contains("RRULE"))
            let long = try await data(expand(#"start="20260401T000000Z" end="20460401T000000Z""#))
            let told = String(decoding: long.bytes, as: UTF8.self)
            #expect(told.contains("507") && told.contains("number-of-matches-within-limits"))
            for (part, condition) in [
                (expand(#"start="20260401T000000Z""#), "valid-filter"),
                (expand(#"start="20260408T000000Z" end="20260401T000000Z""#), "valid-filter"),
                (#"<C:calendar-data content-type="text/html"/>"#, "supported-calendar-data"),
                ("<C:calendar-data><C:comp/></C:calendar-data>", "valid-filter"),
            ] {
                let answer = try await data(part)
                #expect(answer.status == 403 && String(decoding: answer.bytes, as: UTF8.self).contains(condition))
            }
        }
    }

    @Test func `each place names its methods, and the root of the host leads to the calendar`() async throws {
        try await TestAPI.with { api in
            let client = try await Client(api)
            let root = try await client.send("PROPFIND", "/")
            #expect(root.status == 301 && root.header("location") == "/dav/")
            _ = try await client.put("a", ["SUMMARY:Run"])
            for (path, lacking, having) in [
                ("/dav/", "REPORT", "PROPFIND"), (client.list, "PUT", "REPORT"),
                ("\(client.list)a.ics", "REPORT", "PUT"),
            ] {
                for method in ["LOCK", "UNLOCK", "COPY", "MOVE", "ACL", "PATCH"] {
                    let answer = try await client.send(method, path)
                    #expect(answer.status == 405, "\(method) \(path)")
                    let allowed = try #require(answer.header("allow")).components(separatedBy: ", ")
                    #expect(allowed.contains(having) && !allowed.contains(lacking))
                    let options = try await client.send("OPTIONS", path)
                    #expect(options.header("allow")?.components(separatedBy: ", ") == allowed)
                }
            }
            #expect(try await client.send("GET", client.list).status == 405)
        }
    }
}

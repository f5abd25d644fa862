import CivilTime
import ErrandClient
import ErrandCore
import Testing

@Suite struct CredentialsTests {
    @Test func `credentials read back what they wrote`() throws {
        let server = try #require(ServerAddress("http://localhost:8080"))
        let other = try #require(ServerAddress("https://errand.example"))
        let session = SignedInSession(
            email: "ana@example.org", accessToken: "a", expiresAt: Instant(seconds: 1_800_000_000), refreshToken: "r"
        )
        let credentials = Credentials(
            current: server, sessions: [server: .signedIn(session), other: .token("errand_pat_x")]
        )
        #expect(Credentials(credentials.json) == credentials)
    }

    @Test func `a file of another layout is not touched`() {
        #expect(Credentials(["version": 2, "sessions": []]) == nil)
        #expect(Credentials([]) == nil)
    }
}

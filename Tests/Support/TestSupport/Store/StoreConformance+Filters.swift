import ErrandCore
import Testing

/// Filters that people keep under a name.
extension StoreConformance {
    static let filterCases: [Case] = [
        Case("saved filters are their owner's, in their order, and go with the account") { try await $0.keepsFilters() }
    ]

    private func keepsFilters() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        func filter(_ name: String, _ position: Int, of owner: UserID) -> SavedFilter {
            SavedFilter(
                id: .make(), ownerID: owner, name: name, expression: "#home & \"Ærlig\" 🎉", position: position)
        }
        let (first, second) = (filter("First", 0, of: ana), filter("Zweiter 🎉", 1, of: ana))
        let other = SavedFilter(id: first.id, ownerID: ben, name: "Same id", expression: "p1", position: 0)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.savedFilters
            for one in [second, first, other] { try table.insert(one) }
            expectEqual(try table.all(of: ana), [first, second], "by their place, all of each")
            expectEqual(try table.all(of: ben), [other], "nobody else's")
            expectEqual(try table.all(of: .make()), [], "of nobody")
            var moved = second
            (moved.name, moved.expression, moved.position) = ("Other", "p2", 0)
            var behind = first
            behind.position = 1
            for one in [moved, behind] { try table.update(one) }
            expectEqual(try table.all(of: ana), [moved, behind], "changed")
            expectEqual(try table.all(of: ben), [other], "and no other's")
            expect(try !table.delete(second.id, of: ben), "nobody removes another's")
            expect(try table.delete(second.id, of: ana), "its owner does")
            expect(try !table.delete(second.id, of: ana), "once")
            expectEqual(try table.all(of: ana), [behind], "the others stay")
        }
        await expectFailure(.unavailable, "one that is not there cannot be changed") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.savedFilters.update(second)
            }
        }
    }
}

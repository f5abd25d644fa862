import Interchange

/// Takes in what an export has beside its tasks: saved filters, and settings where that is asked for.
struct ImportAccount: Command {
    let account: ExportedAccount
    let takesSettings: Bool

    var requiredScope: Scope { takesSettings ? .writeAccount : .writeTasks }

    func execute(in context: CommandContext) throws(ErrandError) -> AccountOutcome {
        var outcome = AccountOutcome()
        if takesSettings, let edit = try settings(&outcome) {
            _ = try UpdateProfile(edit).execute(in: context)
            outcome.hasSettings = true
        }
        for form in newFilters(beside: try context.transaction.savedFilters.all(of: context.member), &outcome) {
            do throws(ErrandError) {
                _ = try AddSavedFilter(form).execute(in: context)
                outcome.filters += 1
            } catch {
                guard case .invalid = error else { throw error }
                outcome.warn("filters", error)
            }
        }
        return outcome
    }

    /// Those whose names are not there yet, in their order.
    fileprivate func newFilters(beside filters: [SavedFilter], _ outcome: inout AccountOutcome) -> [SavedFilterForm] {
        var names = Set(filters.map(\.name))
        var forms: [SavedFilterForm] = []
        for filter in account.filters.prefix(Limits.savedFiltersPerUserMax) {
            let json: JSONValue = ["name": filter["name"] ?? .null, "expression": filter["expression"] ?? .null]
            do throws(ErrandError) {
                let form = try SavedFilterForm(json, isNew: true)
                if let name = form.name, names.insert(name).inserted { forms.append(form) }
            } catch {
                outcome.warn("filters", error)
            }
        }
        return forms
    }

    /// What of the account can be set, as far as this installation knows it; nil where there is nothing of it.
    fileprivate func settings(_ outcome: inout AccountOutcome) throws(ErrandError) -> ProfileEdit? {
        var known = JSONObject()
        for member in account.user?.object?.members ?? [] where ProfileEdit.names.contains(member.name) {
            do throws(ErrandError) {
                _ = try ProfileEdit(.object([member.name: member.value]))
                known.append(member.name, member.value)
            } catch {
                outcome.warn("user/\(member.name)", error)
            }
        }
        return known.members.isEmpty ? nil : try ProfileEdit(.object(known))
    }
}

/// What ``ImportAccount`` would do, with nothing done.
struct PreviewAccount: Query {
    let importing: ImportAccount

    var requiredScope: Scope { importing.requiredScope }

    func answer(in context: QueryContext) throws(ErrandError) -> AccountOutcome {
        var outcome = AccountOutcome()
        if importing.takesSettings { outcome.hasSettings = try importing.settings(&outcome) != nil }
        let there = try context.transaction.savedFilters.all(of: context.member)
        outcome.filters = importing.newFilters(beside: there, &outcome).count
        return outcome
    }
}

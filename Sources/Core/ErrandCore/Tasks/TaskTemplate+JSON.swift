extension TaskTemplate {
    /// What stores keep of it.
    var json: JSONValue {
        var object = JSONObject()
        for field in TaskField.all {
            if let template = field.template { object.append(field.name, template.value(self)) }
        }
        return .object(object)
    }

    /// Reads what ``json`` wrote; nil when it is damaged.
    init?(_ json: JSONValue) {
        self.init(title: "", description: "", priority: .standard, tags: [], reminders: [])
        for field in TaskField.all {
            guard let template = field.template else { continue }
            // A list that is not there is empty.
            guard template.set(&self, json[field.name] ?? .array([])) else { return nil }
        }
    }
}

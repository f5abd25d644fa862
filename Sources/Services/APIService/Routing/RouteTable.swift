import HTTPTypes

/// The whole surface on one page. A test holds it and the OpenAPI document against each other.
extension Route {
    package static let all: [Route] = [
        Route(.get, "/.well-known/jwks.json", access: .open, showKeySet),

        Route(.post, "/api/v1/auth/sign-up", access: .credentials, body: .required, signUp),
        Route(.post, "/api/v1/auth/sign-in", access: .credentials, body: .required, signIn),
        Route(.post, "/api/v1/auth/refresh", access: .credentials, body: .optional, refreshSession),
        Route(.post, "/api/v1/auth/sign-out", access: .credentials, body: .optional, signOut),

        Route(.get, "/api/v1/me", readProfile),
        Route(.patch, "/api/v1/me", body: .required, updateProfile),
        Route(.post, "/api/v1/me/password", body: .required, changePassword),
        Route(.get, "/api/v1/me/tokens", listTokens),
        Route(.post, "/api/v1/me/tokens", body: .required, createToken),
        Route(.delete, "/api/v1/me/tokens/{id}", deleteToken),

        Route(.get, "/api/v1/tasks", readsQuery: true, listTasks),
        Route(.post, "/api/v1/tasks", body: .required, createTask),
        Route(.post, "/api/v1/tasks/batch", body: .required, runBatch),
        Route(.post, "/api/v1/tasks/recurring", body: .required, createRecurring),
        Route(.post, "/api/v1/tasks/quick-add", body: .required, quickAdd),
        Route(.get, "/api/v1/tasks/{id}", readTask),
        Route(.patch, "/api/v1/tasks/{id}", body: .required, readsQuery: true, editTask),
        Route(.delete, "/api/v1/tasks/{id}", deleteTask),
        Route(.post, "/api/v1/tasks/{id}/complete", body: .empty, completeTask),
        Route(.post, "/api/v1/tasks/{id}/reopen", body: .empty, reopenTask),
        Route(.post, "/api/v1/tasks/{id}/restore", body: .empty, restoreTask),
        Route(.post, "/api/v1/tasks/{id}/skip", body: .empty, skipOccurrence),
        Route(.post, "/api/v1/tasks/{id}/reschedule", body: .required, rescheduleTask),
        Route(.post, "/api/v1/tasks/{id}/end-series", body: .empty, endSeries),
        Route(.get, "/api/v1/tasks/{id}/occurrences", readsQuery: true, listOccurrences),
        Route(.put, "/api/v1/tasks/{id}/reminders", body: .required, setReminders),
        Route(.post, "/api/v1/reminders/{id}/snooze", body: .required, snoozeReminder),
        Route(.patch, "/api/v1/tasks/{id}/priority", body: .required, setPriority),
        Route(.patch, "/api/v1/tasks/{id}/tags", body: .required, setTags),
        Route(.patch, "/api/v1/tasks/{id}/due-date", body: .required, setDueDate),
        Route(.post, "/api/v1/undo", body: .required, undoChange),

        Route(.get, "/api/v1/tags", listTags),
        Route(.patch, "/api/v1/tags/{name}", body: .required, renameTag),
        Route(.delete, "/api/v1/tags/{name}", removeTag),

        Route(.get, "/api/v1/notifications", readsQuery: true, listNotifications),
        Route(.post, "/api/v1/notifications/read-all", body: .empty, readAllNotifications),
        Route(.post, "/api/v1/notifications/{id}/read", body: .empty, readNotification),
        Route(.delete, "/api/v1/notifications/{id}", deleteNotification),

        Route(.get, "/api/v1/conversations", readsQuery: true, listConversations),
        Route(.get, "/api/v1/conversations/{id}", readConversation),
        Route(.delete, "/api/v1/conversations/{id}", deleteConversation),

        Route(.get, "/api/v1/audit", readsQuery: true, listAudit),
        Route(.get, "/api/v1/audit/verify", verifyAudit),
        Route(.get, "/api/v1/audit/export", exportAudit),
        Route(.get, "/api/v1/export", readsQuery: true, exportTasks),
    ]
}

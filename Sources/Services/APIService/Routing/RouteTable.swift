import ErrandCore
import ErrandHTTP
import HTTPTypes

/// The whole surface on one page: each route names its row of the catalogue and what only HTTP has. A test holds it and
/// the OpenAPI document against each other.
extension Route {
    package static let all: [Route] = [
        Route(.get, "/.well-known/jwks.json", operation: nil, access: .open, handler: showKeySet),

        Route(.post, "/api/v1/auth/sign-up", .signUp, access: .credentials, body: .required, signUp),
        Route(.post, "/api/v1/auth/sign-in", .signIn, access: .credentials, body: .required, signIn),
        Route(.post, "/api/v1/auth/refresh", .renewSession, access: .credentials, body: .optional, refreshSession),
        Route(.post, "/api/v1/auth/sign-out", .signOut, access: .credentials, body: .optional, signOut),
        Route(
            .post, "/api/v1/auth/forgot-password", .forgetPassword, access: .credentials, body: .required,
            forgetPassword),
        Route(
            .post, "/api/v1/auth/reset-password", .resetPassword, access: .credentials, body: .required, resetPassword),
        Route(.post, "/api/v1/auth/verify-email", .verifyAddress, access: .credentials, body: .required, verifyAddress),

        Route(.get, "/api/v1/me", Catalogue.readProfile),
        Route(.patch, "/api/v1/me", Catalogue.updateProfile),
        Route(.delete, "/api/v1/me", .deleteAccount, body: .optional, deleteAccount),
        Route(.put, "/api/v1/me/email", .changeAddress, body: .required, changeAddress),
        Route(.post, "/api/v1/me/email/verification", .requestVerification, body: .empty, requestVerification),
        Route(.post, "/api/v1/me/password", .changePassword, body: .required, changePassword),
        Route(.get, "/api/v1/me/tokens", Catalogue.listTokens),
        Route(.post, "/api/v1/me/tokens", .createToken, body: .required, createToken),
        Route(.delete, "/api/v1/me/tokens/{id}", Catalogue.deleteToken),
        Route(.get, "/api/v1/me/feeds", Catalogue.listFeeds),
        Route(.post, "/api/v1/me/feeds", .createFeed, body: .required, createFeed),
        Route(.delete, "/api/v1/me/feeds/{id}", Catalogue.deleteFeed),
        Route(.get, "/feeds/{secret}.ics", .readFeed, access: .open, readFeed),

        Route(.get, "/api/v1/tasks", Catalogue.listTasks) { .page($0, of: $1.request) },
        Route(.post, "/api/v1/tasks", Catalogue.createTask) { outcome, _ in .created(outcome) },
        Route(.post, "/api/v1/tasks/batch", Catalogue.runBatch) { .batch($0, requestID: $1.context.requestID) },
        Route(.post, "/api/v1/tasks/recurring", Catalogue.createRecurringTask) { outcome, _ in .created(outcome) },
        Route(.post, "/api/v1/tasks/quick-add", Catalogue.quickAddTask) { outcome, _ in .created(outcome) },
        Route(.get, "/api/v1/tasks/{id}", Catalogue.readTask, handler: readTask),
        Route(.patch, "/api/v1/tasks/{id}", Catalogue.editTask),
        Route(.delete, "/api/v1/tasks/{id}", Catalogue.deleteTask),
        Route(.post, "/api/v1/tasks/{id}/complete", Catalogue.completeTask),
        Route(.post, "/api/v1/tasks/{id}/reopen", Catalogue.reopenTask),
        Route(.post, "/api/v1/tasks/{id}/restore", Catalogue.restoreTask),
        Route(.post, "/api/v1/tasks/{id}/skip", Catalogue.skipOccurrence),
        Route(.post, "/api/v1/tasks/{id}/reschedule", Catalogue.rescheduleTask),
        Route(.post, "/api/v1/tasks/{id}/end-series", Catalogue.endSeries),
        Route(.get, "/api/v1/tasks/{id}/occurrences", Catalogue.listOccurrences),
        Route(.post, "/api/v1/recurrences/preview", Catalogue.previewRecurrence),
        Route(.put, "/api/v1/tasks/{id}/reminders", Catalogue.setReminders),
        Route(.post, "/api/v1/reminders/{id}/snooze", Catalogue.snoozeReminder),
        Route(.patch, "/api/v1/tasks/{id}/priority", Catalogue.setPriority),
        Route(.patch, "/api/v1/tasks/{id}/tags", Catalogue.setTags),
        Route(.patch, "/api/v1/tasks/{id}/due-date", Catalogue.setDue),
        Route(.put, "/api/v1/tasks/{id}/position", Catalogue.placeTask),
        Route(.post, "/api/v1/undo", Catalogue.undoChange),

        Route(.get, "/api/v1/tags", Catalogue.listTags, headers: [.cacheControl: "private, no-cache"]),
        Route(.patch, "/api/v1/tags/{name}", Catalogue.renameTag),
        Route(.delete, "/api/v1/tags/{name}", Catalogue.removeTag),

        Route(.get, "/api/v1/filters", Catalogue.listFilters),
        Route(.post, "/api/v1/filters", Catalogue.addFilter) { filter, _ in .added(filter) },
        Route(.patch, "/api/v1/filters/{id}", Catalogue.editFilter),
        Route(.delete, "/api/v1/filters/{id}", Catalogue.removeFilter),

        Route(.get, "/api/v1/notifications", Catalogue.listNotifications),
        Route(.get, "/api/v1/notifications/push-key", operation: nil, access: .open, handler: showPushKey),
        Route(.post, "/api/v1/notifications/read-all", Catalogue.readAllNotifications),
        Route(.post, "/api/v1/notifications/{id}/read", Catalogue.readNotification),
        Route(.delete, "/api/v1/notifications/{id}", Catalogue.deleteNotification),
        Route(.get, "/api/v1/notifications/{id}/deliveries", Catalogue.listDeliveries),
        Route(.get, "/api/v1/notifications/channels", Catalogue.listChannels),
        Route(.post, "/api/v1/notifications/channels", Catalogue.addChannel) { outcome, _ in .added(outcome) },
        Route(.patch, "/api/v1/notifications/channels/{id}", Catalogue.editChannel),
        Route(.delete, "/api/v1/notifications/channels/{id}", Catalogue.removeChannel),
        Route(.post, "/api/v1/notifications/channels/{id}/test", Catalogue.testChannel) { outcome, _ in
            .json(outcome.json, status: .accepted)
        },
        Route(
            .post, "/api/v1/notifications/channels/{id}/verify", Catalogue.verifyChannel, handler: verifyChannel),
        Route(.post, "/api/v1/notifications/channels/{id}/rotate-secret", Catalogue.rotateSecret),
        Route(.post, "/api/v1/notifications/channels/{id}/replay", Catalogue.replayChannel) { outcome, _ in
            .json(outcome.json, status: .accepted)
        },
        Route(.post, "/api/v1/notifications/push-subscriptions", Catalogue.subscribeBrowser) { outcome, _ in
            .added(outcome)
        },
        Route(.delete, "/api/v1/notifications/push-subscriptions", Catalogue.unsubscribeBrowser),
        Route(.delete, "/api/v1/notifications/push-subscriptions/{id}", Catalogue.removeBrowser),

        Route(.post, "/api/v1/chat", .chat, body: .required, chat),
        Route(.post, "/api/{user_id}/chat", .chatClassic, body: .required, chatClassic),
        Route(.get, "/api/v1/conversations", Catalogue.listConversations),
        Route(.get, "/api/v1/conversations/{id}", Catalogue.readConversation),
        Route(.delete, "/api/v1/conversations/{id}", Catalogue.deleteConversation),

        Route(.get, "/api/v1/audit", Catalogue.listAudit),
        Route(.get, "/api/v1/audit/verify", .verifyAudit, verifyAudit),
        Route(.get, "/api/v1/audit/export", .exportAudit, exportAudit),
        Route(.get, "/api/v1/export", .exportTasks, readsQuery: true, exportTasks),
        Route(.post, "/api/v1/import", .importTasks, body: .file, readsQuery: true, importTasks),
    ]
}

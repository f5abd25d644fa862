{{/*
What the program says of its roles. A test holds this table equal to ProcessRole and its like in Sources.
public: opens the public port. database: opens PostgreSQL. outside: calls servers of others.
relay: writes to the topics. kind: pods of a StatefulSet keep their names, and with them their consumer groups.
*/}}
{{- define "errand.roleTable" -}}
chat-api: { kind: Deployment, public: true, database: true, outside: true }
recurring-task-service: { kind: Deployment, public: false, database: true, outside: false }
notification-service: { kind: Deployment, public: false, database: true, outside: true }
audit-service: { kind: Deployment, public: false, database: true, outside: false }
websocket-service: { kind: StatefulSet, public: true, database: true, outside: true }
frontend: { kind: Deployment, public: true, database: false, outside: false }
all: { kind: Deployment, public: true, database: true, outside: true }
{{- end }}

{{- define "errand.ports" -}}
public: 8080
internal: 8081
{{- end }}

{{/* The path of live sync, which goes to websocket-service. */}}
{{- define "errand.livePath" -}}/api/v1/live{{- end }}

{{/* The roles that run, by name: the table above with the values of the role. */}}
{{- define "errand.running" -}}
{{- $table := include "errand.roleTable" . | fromYaml }}
{{- $running := dict }}
{{- range $role, $values := .Values.roles }}
{{- if $values.enabled }}
{{- if not (hasKey $table $role) }}{{ fail (printf "roles.%s: there is no such role" $role) }}{{ end }}
{{- $_ := set $running $role (merge (dict) (get $table $role) $values) }}
{{- end }}
{{- end }}
{{- $running | toYaml }}
{{- end }}

{{/* Refuses what cannot work, in words. */}}
{{- define "errand.check" -}}
{{- $running := include "errand.running" . | fromYaml }}
{{- if and (not .Values.image.tag) (not .Values.image.digest) }}{{ fail "image.tag or image.digest: say which version" }}{{ end }}
{{- if not .Values.publicURL }}{{ fail "publicURL: say where people reach the installation" }}{{ end }}
{{- if and (hasKey $running "frontend") (ne .Values.bus "dapr") }}{{ fail "roles.frontend: passes requests on by Dapr; disable it with another bus" }}{{ end }}
{{- if hasKey $running "all" }}
{{- if gt (len $running) 1 }}{{ fail "roles.all: takes the place of all other roles; disable those" }}{{ end }}
{{- if ne .Values.bus "log" }}{{ fail "roles.all: one process needs no broker; set bus: log" }}{{ end }}
{{- else }}
{{- range $role := list "chat-api" "recurring-task-service" "notification-service" "audit-service" "websocket-service" }}
{{- if not (hasKey $running $role) }}{{ fail (printf "roles.%s: nobody else does its work; only frontend can be left out" $role) }}{{ end }}
{{- end }}
{{- if eq .Values.exposure.kind "loadBalancer" }}{{ fail "exposure.kind: a load balancer cannot send live sync elsewhere; it is for roles.all" }}{{ end }}
{{- end }}
{{- if and (ne .Values.exposure.kind "none") (ne .Values.exposure.kind "loadBalancer") (not .Values.exposure.host) }}{{ fail "exposure.host: say under which name" }}{{ end }}
{{- if and (ne .Values.exposure.tls.mode "off") (not (hasPrefix "https://" .Values.publicURL)) (ne .Values.exposure.kind "none") }}{{ fail "publicURL: https://… as long as exposure.tls.mode is not off" }}{{ end }}
{{- end }}

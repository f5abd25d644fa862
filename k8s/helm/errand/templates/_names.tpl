{{- define "errand.labels" -}}
app.kubernetes.io/name: errand
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
app.kubernetes.io/part-of: errand
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "errand.selector" -}}
app.kubernetes.io/name: errand
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end }}

{{/* Dapr finds an app by its id, so workloads bear the names of their roles. One installation a namespace. */}}
{{- define "errand.workload" -}}{{ eq .role "all" | ternary "errand" .role }}{{- end }}

{{- define "errand.image" -}}
{{- $image := .Values.image }}
{{- $image.repository }}{{ if $image.tag }}:{{ $image.tag }}{{ end }}{{ if $image.digest }}@{{ $image.digest }}{{ end }}
{{- end }}

{{- define "errand.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "errand.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "errand.secretEnv" -}}
{{- range $name, $secret := . }}
- name: {{ $name }}
  valueFrom: { secretKeyRef: { name: {{ $secret.name }}, key: {{ $secret.key }} } }
{{- end }}
{{- end }}

{{- define "errand.plainEnv" -}}
{{- range $name, $value := . }}
- { name: {{ $name }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}

{{/* Settings of one role, under the names that ServerConfiguration and CarrierChoice read. */}}
{{- define "errand.env" -}}
{{- $values := .root.Values }}
{{- $ports := include "errand.ports" . | fromYaml }}
{{- if ne .role "all" }}
- { name: ERRAND_ROLE, value: {{ .role }} }
{{- end }}
- { name: ERRAND_HOST, value: "0.0.0.0" }
- { name: ERRAND_PORT, value: {{ $ports.public | quote }} }
- { name: ERRAND_INTERNAL_PORT, value: {{ $ports.internal | quote }} }
- { name: ERRAND_PUBLIC_URL, value: {{ $values.publicURL | quote }} }
- { name: ERRAND_TRUSTED_PROXIES, value: {{ $values.settings.trustedProxies | quote }} }
- { name: ERRAND_RATE_LIMITS, value: {{ $values.settings.rateLimits | quote }} }
- { name: ERRAND_LOG_LEVEL, value: {{ $values.settings.logLevel }} }
- { name: ERRAND_LOG_FORMAT, value: json }
- { name: ERRAND_EVENT_RETENTION_DAYS, value: {{ $values.settings.eventRetentionDays | quote }} }
- { name: ERRAND_BUS, value: {{ $values.bus }} }
{{- if .facts.database }}
- { name: ERRAND_MIGRATE, value: {{ $values.migration.enabled | ternary "off" "on" | quote }} }
- { name: ERRAND_DATABASE_CONNECTIONS, value: {{ $values.settings.databaseConnections | quote }} }
{{- include "errand.secretEnv" (dict "DATABASE_URL" $values.secrets.database) }}
{{- end }}
{{- if eq $values.bus "dapr" }}
- { name: ERRAND_DAPR_PUBSUB, value: {{ $values.dapr.pubsub }} }
- { name: ERRAND_DAPR_UPDATES_PUBSUB, value: {{ $values.dapr.updatesPubsub | quote }} }
- { name: ERRAND_DAPR_STATE_STORE, value: {{ $values.dapr.stateStore }} }
- { name: ERRAND_DAPR_SUBSCRIPTIONS, value: declarative }
{{- include "errand.secretEnv" (dict "DAPR_API_TOKEN" (dict "name" $values.secrets.daprToken.name "key" "token") "APP_API_TOKEN" (dict "name" $values.secrets.appToken.name "key" "token")) }}
{{- else if eq $values.bus "kafka" }}
- { name: ERRAND_KAFKA_TLS, value: "on" }
- { name: ERRAND_KAFKA_CA_FILE, value: /etc/errand/kafka/ca.crt }
{{- $kafka := $values.secrets.kafka.name }}
{{- include "errand.secretEnv" (dict "KAFKA_BOOTSTRAP_SERVERS" (dict "name" $kafka "key" "brokers") "KAFKA_USERNAME" (dict "name" $kafka "key" "username") "KAFKA_PASSWORD" (dict "name" $kafka "key" "password")) }}
{{- end }}
{{- include "errand.plainEnv" $values.env }}
{{- include "errand.plainEnv" (.facts.env | default dict) }}
{{- include "errand.secretEnv" $values.secretEnv }}
{{- include "errand.secretEnv" (.facts.secretEnv | default dict) }}
{{- end }}

{{/* What Dapr's injector has to know of one role. */}}
{{- define "errand.daprAnnotations" -}}
{{- $dapr := .root.Values.dapr }}
{{- $ports := include "errand.ports" . | fromYaml }}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .role }}
dapr.io/app-port: {{ $ports.internal | quote }}
dapr.io/app-protocol: http
dapr.io/config: {{ has .role (list "chat-api" "frontend") | ternary .role "errand" }}
dapr.io/api-token-secret: {{ .root.Values.secrets.daprToken.name }}
dapr.io/app-token-secret: {{ .root.Values.secrets.appToken.name }}
dapr.io/disable-builtin-k8s-secret-store: "true"
dapr.io/enable-app-health-check: "true"
dapr.io/app-health-check-path: /healthz
dapr.io/max-body-size: 16Mi
dapr.io/read-buffer-size: 64Ki
dapr.io/enable-native-sidecar: "true"
dapr.io/graceful-shutdown-seconds: "25"
dapr.io/block-shutdown-duration: 10s
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/log-level: {{ $dapr.logLevel }}
dapr.io/log-as-json: "true"
dapr.io/sidecar-cpu-request: {{ $dapr.sidecar.requests.cpu | quote }}
dapr.io/sidecar-cpu-limit: {{ $dapr.sidecar.limits.cpu | quote }}
dapr.io/sidecar-memory-request: {{ $dapr.sidecar.requests.memory | quote }}
dapr.io/sidecar-memory-limit: {{ $dapr.sidecar.limits.memory | quote }}
{{- end }}

{{- define "errand.spread" -}}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: {{ .root.Values.topologySpread.zones }}
  labelSelector: { matchLabels: {{ include "errand.selector" . | fromYaml | toJson }} }
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector: { matchLabels: {{ include "errand.selector" . | fromYaml | toJson }} }
{{- end }}

{{/* The head of a policy about some roles of this release, or about all of its pods. */}}
{{- define "errand.policy" }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "errand.labels" (dict "root" .root "role" "network") | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: errand
      app.kubernetes.io/instance: {{ .root.Release.Name }}
    {{- with .roles }}
    matchExpressions:
      - { key: app.kubernetes.io/component, operator: In, values: {{ . | sortAlpha | toJson }} }
    {{- end }}
{{- end }}

{{/* Rules towards a server in namespaces or address ranges; none when it is in neither. */}}
{{- define "errand.towards" -}}
{{- if or .namespaces .cidrs -}}
- to:
    {{- range .namespaces }}
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ . }} } }
    {{- end }}
    {{- range .cidrs }}
    - ipBlock: { cidr: {{ . | quote }} }
    {{- end }}
  ports: [{ port: {{ .port }}, protocol: TCP }]
{{- else -}}
[]
{{- end }}
{{- end }}

#!/usr/bin/env bash
# Errand on a laptop, as in a cluster: k8s/minikube.sh up|down|status
#
# up makes what is missing and leaves alone what is there, so it can be repeated: minikube with its ingress, Dapr, a small
# Kafka by Strimzi, a PostgreSQL, the secrets, the image, the chart. Then http://errand.localhost:8080 is the page.
# down removes the whole minikube profile, and with it the data.
set -euo pipefail
cd "$(dirname "$0")/.."
fail() { echo "minikube.sh: $*" >&2; exit 1; }
say() { echo "minikube.sh: $*"; }

PROFILE=${ERRAND_MINIKUBE_PROFILE:-errand}
CPUS=${ERRAND_MINIKUBE_CPUS:-4}
MEMORY=${ERRAND_MINIKUBE_MEMORY:-8g}
PORT=${ERRAND_MINIKUBE_PORT:-8080}
KUBERNETES=v1.36.0 DAPR=1.19.0 STRIMZI=1.2.0
LOCAL=.build-tools/minikube

need() { command -v "$1" >/dev/null || fail "$1 is needed: $2"; }
check() {
    need minikube "https://minikube.sigs.k8s.io/docs/start/"
    need kubectl "https://kubernetes.io/docs/tasks/tools/"
    need helm "https://helm.sh/docs/intro/install/"
    [[ $(helm version --short 2>/dev/null) =~ ^v4 ]] || fail "Helm 4 is needed, this is $(helm version --short)"
    if ! command -v docker >/dev/null && ! command -v podman >/dev/null; then fail "Docker or Podman is needed"; fi
}
# Only ever the cluster of this profile, whatever else the kubeconfig names.
kube() { kubectl --context "$PROFILE" "$@"; }
running() { minikube status --profile "$PROFILE" --format '{{.Host}}' 2>/dev/null | grep -q Running; }
namespace() { kube get namespace "$1" >/dev/null 2>&1 || kube create namespace "$1"; }
# A secret that is there keeps its values, or the database would no longer let its clients in.
secret() {
    local where=$1 name=$2
    shift 2
    kube get secret "$name" -n "$where" >/dev/null 2>&1 || kube create secret generic "$name" -n "$where" "$@" >/dev/null
}
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
value() { kube get secret "$2" -n "$1" -o "jsonpath={.data.$3}" | base64 -d; }

up() {
    check
    running || minikube start --profile "$PROFILE" --kubernetes-version "$KUBERNETES" --cpus "$CPUS" --memory "$MEMORY" \
        --cni calico
    minikube addons enable ingress --profile "$PROFILE" >/dev/null
    minikube addons enable metrics-server --profile "$PROFILE" >/dev/null
    namespace errand
    namespace errand-data
    namespace kafka

    say "Dapr $DAPR"
    helm repo add dapr https://dapr.github.io/helm-charts/ --force-update >/dev/null
    # One of each instead of three.
    helm upgrade --install dapr dapr/dapr --version "$DAPR" --kube-context "$PROFILE" -n dapr-system --create-namespace \
        -f k8s/dapr/values.yaml --set global.ha.enabled=false --wait --timeout 10m >/dev/null

    say "Kafka by Strimzi $STRIMZI"
    helm upgrade --install strimzi oci://quay.io/strimzi-helm/strimzi-kafka-operator --version "$STRIMZI" \
        --kube-context "$PROFILE" -n kafka --wait --timeout 10m >/dev/null
    # One broker instead of three, with as many copies.
    sed -E 's/(^  replicas: |replication\.factor: )3/\11/; s/(min\.isr: |min\.insync\.replicas: )2/\11/; s/(size: )20Gi/\12Gi/' \
        k8s/kafka/strimzi/cluster.yaml k8s/kafka/strimzi/topics.yaml |
        sed 's/^# .*/---/' | kube apply -f - >/dev/null
    kube apply -f k8s/kafka/strimzi/users.yaml >/dev/null
    kube wait kafka/errand -n kafka --for=condition=Ready --timeout=600s >/dev/null
    kube wait kafkauser/errand -n kafka --for=condition=Ready --timeout=120s >/dev/null

    say "PostgreSQL"
    secret errand-data postgres --from-literal=password="$(random)"
    kube apply -f k8s/minikube/postgres.yaml >/dev/null
    kube rollout status statefulset/postgres -n errand-data --timeout=300s >/dev/null
    local database
    database="postgres://errand:$(value errand-data postgres password)@postgres.errand-data.svc:5432/errand"
    secret errand errand-database --from-literal=url="$database"
    secret errand errand-state --from-literal=url="$database"
    secret errand errand-dapr-api-token --from-literal=token="$(random)"
    secret errand errand-dapr-app-token --from-literal=token="$(random)"
    secret errand errand-kafka --from-literal=brokers=errand-kafka-bootstrap.kafka.svc:9093 \
        --from-literal=username=errand --from-literal=password="$(value kafka errand password)" \
        --from-literal=ca.crt="$(value kafka errand-cluster-ca-cert 'ca\.crt')" --from-literal=disable-tls=false

    say "the image"
    scripts/image --tag errand:local --no-try
    # scripts/image takes Podman where there is no engine of Docker, and minikube asks that alone.
    if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
        minikube image load errand:local --profile "$PROFILE"
    else
        podman tag errand:local docker.io/library/errand:local
        podman save --format docker-archive docker.io/library/errand:local | minikube image load --profile "$PROFILE" -
    fi

    say "Errand"
    # Scripts below go where the kubeconfig points; so give them one that points here alone.
    mkdir -p "$LOCAL"
    kube config view --minify --flatten >"$LOCAL/kubeconfig"
    chmod 600 "$LOCAL/kubeconfig"
    KUBECONFIG="$LOCAL/kubeconfig" scripts/deploy minikube --tag local --no-smoke --timeout 10m -- \
        --set-string "publicURL=http://errand.localhost:$PORT"
    forward
    scripts/deploy smoke "http://errand.localhost:$PORT"
    say "http://errand.localhost:$PORT is the page"
}

# The way in, the same on every system; it ends with the machine or with `down`.
forward() {
    if [ -f "$LOCAL/forward.pid" ] && kill -0 "$(cat "$LOCAL/forward.pid")" 2>/dev/null; then return; fi
    kube rollout status deployment/ingress-nginx-controller -n ingress-nginx --timeout=300s >/dev/null
    mkdir -p "$LOCAL"
    nohup kubectl --context "$PROFILE" port-forward -n ingress-nginx service/ingress-nginx-controller "$PORT:80" \
        >"$LOCAL/forward.log" 2>&1 &
    echo $! >"$LOCAL/forward.pid"
}

down() {
    need minikube "https://minikube.sigs.k8s.io/docs/start/"
    if [ -f "$LOCAL/forward.pid" ]; then kill "$(cat "$LOCAL/forward.pid")" 2>/dev/null || true; fi
    rm -rf "$LOCAL"
    if minikube profile list -o json 2>/dev/null | grep -q "\"Name\":\"$PROFILE\""; then
        minikube delete --profile "$PROFILE"
    else
        say "there is no profile $PROFILE"
    fi
}

status() {
    check
    running || fail "the profile $PROFILE does not run: k8s/minikube.sh up"
    kube get pods -n errand -o wide
    kube get kafka,kafkatopic -n kafka
    kube get components,subscriptions.dapr.io -n errand
    helm status errand --kube-context "$PROFILE" -n errand | head -8
    if [ -f "$LOCAL/forward.pid" ] && kill -0 "$(cat "$LOCAL/forward.pid")" 2>/dev/null; then
        say "http://errand.localhost:$PORT"
    else
        say "nothing leads there from here: k8s/minikube.sh up"
    fi
}

case "${1:-}" in
    up) up ;;
    down) down ;;
    status) status ;;
    *) sed -n '2,6p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
esac

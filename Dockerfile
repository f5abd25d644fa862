# syntax=docker/dockerfile:1.7
# Errand in one image for every role. What it consists of is put together by docker/assemble, so that an image built
# without a registry (scripts/image --runtime-only) has the same in it.
ARG SWIFT_IMAGE=docker.io/library/swift:6.3-bookworm

FROM ${SWIFT_IMAGE} AS build
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
# Versions are those of the Debian release that the base image is of.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates curl gcc g++ git libargon2-dev libc6-dev libcurl4-openssl-dev libexpat1-dev libpq-dev libsasl2-dev libsqlite3-dev libssl-dev \
        liblz4-dev libzstd-dev make pkg-config python3 tzdata zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*

# Debian 12 has 2.0.2, whose consumers can lose all partitions when a commit is under way during a rebalance
# (https://github.com/confluentinc/librdkafka/issues/4059).
ARG LIBRDKAFKA_VERSION=2.14.2
ARG LIBRDKAFKA_SHA256=d7eec9c31c817fa44402f679c252dfbf97e4c338a849a25c3579a31fd127beb8
WORKDIR /librdkafka
RUN curl -fsSL --retry 3 -o source.tar.gz \
        "https://github.com/confluentinc/librdkafka/archive/refs/tags/v${LIBRDKAFKA_VERSION}.tar.gz" \
    && echo "${LIBRDKAFKA_SHA256}  source.tar.gz" | sha256sum -c - \
    && tar -xzf source.tar.gz --strip-components=1 \
    && ./configure --prefix=/usr/local --disable-gssapi --disable-curl --enable-lz4-ext --enable-zstd \
    && make -C src -j"$(nproc)" \
    && make -C src install \
    && ldconfig

WORKDIR /errand
COPY Package.swift ./
COPY scripts/embed-web scripts/embed-web
COPY Sources Sources
COPY web web
# `swift build` has no look at Tests and Benchmarks, but the manifest names them.
COPY Tests Tests
RUN --mount=type=cache,target=/errand/.build,sharing=locked \
    scripts/embed-web \
    && swift build -c release --product errand \
    && cp -L .build/release/errand /errand/errand
COPY docker docker
# Then what was put together is started once: it does not start when a named time zone or a library is missing.
ARG REVISION=unknown
RUN echo "${REVISION}" >/errand/errand.commit && docker/assemble /errand/errand /image && docker/check /image \
    && mkdir /owned && mv /image/data /owned/

FROM scratch AS runtime
ARG VERSION=dev
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG SOURCE=https://github.com/errand/errand
LABEL org.opencontainers.image.title="Errand" \
      org.opencontainers.image.description="A to-do service that never loses a beat" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /image /
# By itself, as only some builders keep whose a folder is: a volume takes that from here.
COPY --from=build --chown=10001:10001 /owned /
ENV ERRAND_DATA=/data \
    ERRAND_HOST=0.0.0.0 \
    ERRAND_LOG_FORMAT=json \
    HOME=/data \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080 8081
# It ends by itself within seconds of this, and has no children to wait for: no init is needed.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/usr/bin/errand-health", "127.0.0.1:8081/readyz"]
ENTRYPOINT ["/usr/bin/errand"]
CMD ["serve"]

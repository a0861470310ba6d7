# The one image of an installation. What it does, its first word says: `ui` serves the UI and its API, `runner` executes
# one promotion.
#
# Writable places: /tmp and /var/lib/promotion; everything else may be read-only:
#   docker run --read-only --tmpfs /tmp <image> --help
#   docker run --read-only --tmpfs /tmp --publish 8080:8080 --env DATABASE_URL --env PROMOTION_IDENTITY=iap \
#     --env PROMOTION_IDENTITY_AUDIENCE <image> ui

# Any Debian with Node 24 and npm. cloudbuild.yaml gives it by digest.
ARG BASE_IMAGE=node:24-bookworm-slim

# The pages, as browsers load them; nothing of what makes them goes on from here.
FROM ${BASE_IMAGE} AS web
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
COPY cloudrun-ui/web ./cloudrun-ui/web
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=certificates \
    npm ci --workspace=cloudrun-ui/web --ignore-scripts --no-audit --no-fund --no-update-notifier \
    && npm run build:web

FROM ${BASE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY cloudrun-ui/web/package.json ./cloudrun-ui/web/package.json
# Postgres comes from Cloud SQL and not from an optional package; settings of npm, and whom it trusts, stay out of every layer.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=certificates \
    npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund --no-update-notifier

FROM ${BASE_IMAGE}
ARG BASE_IMAGE
ARG BASE_DIGEST=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="promotion-process" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.base.name="${BASE_IMAGE}" \
      org.opencontainers.image.base.digest="${BASE_DIGEST}" \
      org.opencontainers.image.revision="${REVISION}"

# The configuration of environments lives in git repositories. The user has a name because actors do.
RUN apt-get update \
    && apt-get upgrade --yes \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf /var/cache/ldconfig /var/log/* \
    && groupadd --gid 10001 promotion \
    && useradd --uid 10001 --gid promotion --no-create-home --home-dir /var/lib/promotion --shell /usr/sbin/nologin promotion \
    && install --directory --owner promotion --group promotion --mode 0700 /var/lib/promotion

WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY promotion ./promotion
COPY engine ./engine
COPY functions ./functions
COPY examples ./examples
COPY cli ./cli
COPY cloudrun-ui/server ./cloudrun-ui/server
COPY --from=web /app/cloudrun-ui/web/dist ./cloudrun-ui/web/dist

ENV NODE_ENV=production \
    HOME=/var/lib/promotion \
    PROMOTION_HOME=/var/lib/promotion \
    PROMOTION_ADDRESS=0.0.0.0
VOLUME ["/var/lib/promotion"]
EXPOSE 8080
USER 10001:10001
ENTRYPOINT ["node", "/app/cli/main.ts"]
CMD ["--help"]

# The lab with everything that its stages need: an image that fetches nothing when it runs.
#
#   docker build -t loadstair .
#
# The base images are arguments, so that an image can be built without a registry (tools/try-compose).
ARG BASE_IMAGE=debian:bookworm-slim
ARG NODE_IMAGE=node:24-bookworm-slim
ARG GO_IMAGE=golang:1.26-bookworm

# Manifests alone: npm packages are installed again only when one of these files has changed.
FROM ${NODE_IMAGE} AS manifests
COPY . /sources
RUN mkdir /manifests \
  && cd /sources \
  && cp package-lock.json .npmrc /manifests \
  && find . -name package.json -exec cp --parents {} /manifests \;

FROM ${NODE_IMAGE} AS installed
WORKDIR /opt/loadstair
COPY --from=manifests /manifests ./
RUN npm ci

# The console, and the lists of Debian packages and Go programs that the components declare.
FROM installed AS built
COPY . .
RUN node --conditions=@loadstair/source apps/cli/src/build-console.ts \
  && test -f apps/console/dist/web/index.html \
  && node --conditions=@loadstair/source tools/try-compose/src/write-programs.ts /programs

FROM ${GO_IMAGE} AS go-programs
WORKDIR /build
COPY tools/go.mod tools/go.sum ./
COPY --from=built /programs/go ./programs
ENV CGO_ENABLED=0 GOFLAGS="-mod=readonly -buildvcs=false"
RUN while read -r name package; do go build -o "/programs/$name" "$package" || exit 1; done < programs

# npm packages without those that only building and testing need.
FROM installed AS slim
RUN npm prune --omit=dev

FROM ${BASE_IMAGE} AS lab
COPY --from=built /programs/debian /programs
# No package starts its service: the lab starts its own servers.
RUN printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d \
  && chmod +x /usr/sbin/policy-rc.d \
  && apt-get update \
  && DEBIAN_FRONTEND=noninteractive xargs apt-get install -y --no-install-recommends < /programs \
  && rm -rf /programs /var/lib/apt/lists/* /var/cache/apt/*
WORKDIR /opt/loadstair
COPY --from=go-programs /programs /usr/local/lib/loadstair
COPY --from=slim /opt/loadstair ./
COPY . .
COPY --from=built /opt/loadstair/apps/console/dist ./apps/console/dist
ENV LANG=C.UTF-8
# Root, because only root can make control groups and firewall rules. Each host of a site runs as a user of its own without capabilities.
ENTRYPOINT ["/opt/loadstair/tools/container/entry-point"]
CMD ["./lab", "console"]

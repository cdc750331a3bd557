# The Grafana app as an image whose only task is to put the built plugin into the volume /plugins: build context is the project's folder.
#   docker build -f plugin.Dockerfile -t queuescope/plugin:0.1.0 .

FROM node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY collector/package.json collector/
COPY plugin/package.json plugin/
RUN npm ci --ignore-scripts --workspace plugin --include-workspace-root
COPY tsconfig.base.json ./
COPY plugin plugin
RUN npm run build --workspace plugin

FROM busybox:1.37.0
LABEL org.opencontainers.image.title="Queuescope app for Grafana" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /build/plugin/dist /dist
# What an older version left must go: Grafana would load it. 472 is the user of Grafana's image, which may install other plugins there.
CMD ["sh", "-ec", "app=/plugins/queuescope-callcenter-app; rm -rf $app; cp -R /dist $app; chown -R 472:0 /plugins"]

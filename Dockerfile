# The program as it is published: packed, then unpacked beside the packages that package-lock.json names. See docs/container.md.
ARG NODE_IMAGE=docker.io/library/node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN ["npm", "ci", "--ignore-scripts"]
COPY . .
RUN ["npm", "run", "build"]
RUN ["mkdir", "/packed"]
RUN ["npm", "pack", "--ignore-scripts", "--pack-destination", "/packed"]

FROM ${NODE_IMAGE} AS install
WORKDIR /app
COPY --from=build /packed /packed
RUN ["find", "/packed", "-name", "*.tgz", "-exec", "tar", "-xzf", "{}", "--strip-components=1", "--no-same-owner", ";"]
COPY package-lock.json .npmrc /lock/
RUN ["cp", "/app/package.json", "/lock/"]
# Binaries come inside packages: nothing is run, nothing else is fetched.
RUN ["npm", "ci", "--prefix", "/lock", "--omit=dev", "--ignore-scripts"]
RUN ["mv", "/lock/node_modules", "/app/"]
RUN ["mkdir", "-p", "/state"]

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="atmr-ml" \
      org.opencontainers.image.description="Roll out a machine-learning delay predictor on evidence" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    ATMR_ML_HOME=/var/lib/atmr-ml
COPY --from=install /app /opt/atmr-ml
# A volume that is made here belongs to the user that writes it.
COPY --from=install --chown=10001:10001 /state /var/lib/atmr-ml
RUN ["ln", "-s", "/opt/atmr-ml/dist/atmr-ml.js", "/usr/local/bin/atmr-ml"]
USER 10001:10001
# What it reads and writes by a relative path (atmr-ml.config.yaml, ./models) is on the volume.
WORKDIR /var/lib/atmr-ml
VOLUME ["/var/lib/atmr-ml"]
EXPOSE 5000 3000
# It ends what is under way, says good-bye to the stores and exits with 0.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:5000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["atmr-ml"]
CMD ["serve", "--host", "0.0.0.0"]

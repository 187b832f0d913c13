# The server and the command `inaltera` as an image: no build tool, no development package, no embedded chain in it.
#   docker build -t inaltera .
#   docker run --rm -v inaltera-data:/data inaltera --help
# How it is run beside PostgreSQL and Kubo stands in compose.yaml and docs/OPERATING.md.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# The pages are built once, with the packages that only building takes.
FROM node:24.21.0-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts/build-pages.ts ./scripts/
COPY src ./src
COPY web ./web
COPY tsconfig.json ./
RUN node scripts/build-pages.ts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--disable-warning=ExperimentalWarning \
    MALLOC_ARENA_MAX=2 \
    INALTERA_DATA=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=pages /app/dist/web ./dist/web
COPY package.json LICENSE ./
COPY contexts ./contexts
COPY src ./src
COPY node ./node
COPY server ./server
COPY cli ./cli
RUN mkdir -m 0700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "cli/main.ts"]
CMD ["serve", "--production", "--host", "0.0.0.0", "--port", "8080"]

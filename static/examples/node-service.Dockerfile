# ---
# title: Node.js service
# lesson: The manifest belongs before the sources, and a secret never in ENV.
# findings: copy-before-install secret-name-in-arg-env no-user
# ---
# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production
ENV SESSION_SECRET=change-me
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/dist ./dist
EXPOSE 3000
CMD ["node", "dist/server.js"]

# syntax=docker/dockerfile:1

#1 This stage installs and builds. What it needs only for that stays here.
FROM <image:builder> AS build
WORKDIR /app
%if node-manager=pnpm
#2 corepack brings the version of pnpm that package.json names.
RUN corepack enable
%end
%if node-manager=yarn
#2 corepack brings the version of Yarn that package.json names.
RUN corepack enable
%end

#1 The lists of packages change less often than code, so they are copied first.
%if node-manager=npm
COPY package.json package-lock.json ./
RUN \
%if cache
    --mount=type=cache,target=/root/.npm \
%end
    npm ci
%end
%if node-manager=pnpm
COPY package.json pnpm-lock.yaml ./
RUN \
%if cache
    --mount=type=cache,target=/root/.local/share/pnpm/store \
%end
    pnpm install --frozen-lockfile
%end
%if node-manager=yarn
COPY package.json yarn.lock .yarnrc.yml ./
RUN \
%if cache
    --mount=type=cache,target=/root/.yarn/berry/cache \
%end
    yarn install --immutable
%end

COPY . .
%if node-build
RUN <node-manager> run build \
%if node-manager=npm
    && npm prune --omit=dev
%end
%if node-manager=pnpm
    && pnpm prune --prod
%end
%if node-manager=yarn
    && yarn workspaces focus --production
%end
%else
%if node-manager=npm
RUN npm prune --omit=dev
%end
%if node-manager=pnpm
RUN pnpm prune --prod
%end
%if node-manager=yarn
RUN yarn workspaces focus --production
%end
%end

#1 The image that ships: the packages that the program needs, and the program.
FROM <image:runtime>
%use runtime
#2 Express and others leave out what only developers need when this is set.
ENV NODE_ENV="production"
WORKDIR /app
COPY --from=build /app ./
%use service
%if node-base=distroless
#2 The base starts node with what stands here.
CMD ["<node-entry>"]
%else
CMD ["node", "<node-entry>"]
%end

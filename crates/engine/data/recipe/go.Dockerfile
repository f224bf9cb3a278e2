# syntax=docker/dockerfile:1

#1 This stage has the tool chain. Nothing of it ships but what is copied out of it.
%if multiarch
#2 It runs on the platform of the builder and compiles for the one that is asked for, which is faster than emulation.
%end
FROM <multiarch?--platform=$BUILDPLATFORM ><image:builder> AS build
WORKDIR /src
%if builder-packages

%if cgo
#1 cgo needs a C compiler and the headers of the C libraries.
%end
%use builder-packages
%end
%if private=ssh

#1 Private modules come by SSH: the builder lends its agent to the one step that needs it.
RUN git config --global url."ssh://git@github.com/".insteadOf "https://github.com/" \
    && mkdir -p /root/.ssh \
    && ssh-keyscan github.com >> /root/.ssh/known_hosts
%end
%if !vendor

#1 Modules change less often than code, so they are downloaded before the code is copied.
#2 As long as go.mod and go.sum stay as they are, the next build takes this layer from its cache.
COPY go.mod go.sum ./
%if private
#2 GOPRIVATE keeps the names of these modules from the public proxy and checksum database.
%end
RUN \
%if cache
    --mount=type=cache,target=/go/pkg/mod \
%end
%if private=secret
    --mount=type=secret,id=netrc,target=/root/.netrc \
%end
%if private=ssh
    --mount=type=ssh \
%end
    <private?GOPRIVATE="<private-modules>" >go mod download
%end

COPY . .
%if !several
%each binaries.first
%let ships = yes
%use go.build
%end
%end
%if several
%each binaries.first

FROM build AS build-<name>
%let ships = yes
%use go.build
%end
%each others

FROM build AS build-<name>
%use go.build
%end
%if migrations=entrypoint

FROM build AS build-migrate
%let ships = yes
%let name = migrate
%let value = <migrations-program>
%use go.build
%end
%end
%if dev

#1 For development: Air builds and starts the program again when a file changes.
#2 The code is mounted into the container, see compose.yaml, so that there is nothing to copy.
FROM <image:builder> AS dev
WORKDIR /src
%let and-then = go install github.com/air-verse/air@v1.65.3
%if builder-packages
%use builder-packages
%else
RUN <and-then>
%end
%let and-then =
CMD ["air", "-c", ".air.toml"]
%end
%if debug
%each binaries.first

#1 For looking into a running service: the same program with a shell and tools.
#2 The final image stays without them. Build this one with --target debug.
FROM <debug-base> AS debug
%let runtime.packages = curl strace tcpdump
%let runtime.manager = <debug-manager>
%use runtime-packages
COPY --from=build<several?-<name>> /out/<name> /<name>
USER 65534:65534
ENTRYPOINT ["/<name>"]
%end
%end
%each others

%use tag-note
FROM <image:runtime> AS <name>
%use runtime
COPY --from=build-<name> /out/<name> /<name>
%if migrations=target&name=migrate
#1 Run it once before the service starts.
COPY <migrations-folder> /<migrations-folder>
%end
%use user
ENTRYPOINT ["/<name>"]
%end
%each binaries.first

#1 The image that ships: the program and nothing that it does not need.
%use tag-note
FROM <image:runtime><several? AS <name>>
%use runtime
COPY --from=build<several?-<name>> /out/<name> /<name>
%if assets=copy
WORKDIR /app
COPY <assets-folder> ./<assets-folder>
%end
%if migrations=entrypoint
COPY --from=build-migrate /out/migrate /migrate
COPY <migrations-folder> /<migrations-folder>
COPY --chmod=755 docker-entrypoint.sh /docker-entrypoint.sh
%end
%use service
%if migrations=entrypoint
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD ["/<name>"]
%else
ENTRYPOINT ["/<name>"]
%end
%end

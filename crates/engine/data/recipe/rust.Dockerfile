# syntax=docker/dockerfile:1

#1 This stage has the compiler. Only the program leaves it.
FROM <image:builder> AS build
WORKDIR /src
%if builder.manager=apk
#1 Crates with C code need the headers of musl.
# hadolint ignore=DL3018
RUN apk add --no-cache musl-dev
%end

COPY . .
%if cache
#1 Crates and compiled code stay on the builder; the program is copied out of the mount before it is gone.
%end
RUN \
%if cache
    --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
%end
    cargo build --release --locked --bin <rust-binary> \
    && mkdir /out \
    && cp target/release/<rust-binary> /out/<rust-binary>

#1 The image that ships: the program and nothing that it does not need.
%use tag-note
FROM <image:runtime>
%use runtime
COPY --from=build /out/<rust-binary> /<rust-binary>
%use service
ENTRYPOINT ["/<rust-binary>"]

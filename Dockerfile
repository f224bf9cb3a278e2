# syntax=docker/dockerfile:1
# Serves the site that `cargo xtask build` wrote to dist/, as a user that is not root:
#   docker build -t playground . && docker run --rm -p 8080:8080 playground
FROM nginx:1.30.4-alpine-slim
COPY static/site/nginx.conf /etc/nginx/nginx.conf
COPY dist/_server/nginx.conf /etc/nginx/conf.d/default.conf
COPY dist /usr/share/nginx/html
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "-q", "--spider", "http://127.0.0.1:8080/"]

# syntax=docker/dockerfile:1

#1 This stage installs the packages into a virtual environment, which is copied as a whole.
FROM <image:builder> AS build
WORKDIR /app
%if python-manager=uv
#1 uv is one program, taken from its own image.
COPY --from=ghcr.io/astral-sh/uv:0.13 /uv /usr/local/bin/uv
#2 Copies, since a cache mount is gone afterwards; no download of another Python.
ENV UV_LINK_MODE="copy" UV_PYTHON_DOWNLOADS="0" UV_PROJECT_ENVIRONMENT="/opt/venv"
%end

#1 The list of packages changes less often than code, so it is copied first.
%if python-manager=pip
COPY requirements.txt ./
RUN \
%if cache
    --mount=type=cache,target=/root/.cache/pip \
%end
    python -m venv /opt/venv \
    && /opt/venv/bin/pip install<!cache? --no-cache-dir> -r requirements.txt
%end
%if python-manager=uv
COPY pyproject.toml uv.lock ./
RUN \
%if cache
    --mount=type=cache,target=/root/.cache/uv \
%end
    uv sync --locked --no-dev --no-install-project<!cache? --no-cache>
%end

#1 The image that ships: the interpreter, the packages and the program.
FROM <image:runtime>
%use runtime
#2 Output appears at once, and no compiled files are written beside the code.
ENV PYTHONUNBUFFERED="1" PYTHONDONTWRITEBYTECODE="1" PATH="/opt/venv/bin:$PATH"
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY . .
%use service
CMD ["python", "-m", "<python-module>"]

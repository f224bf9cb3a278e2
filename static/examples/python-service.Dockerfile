# ---
# title: Python service
# lesson: A compiler that only the wheels need, package lists that stay, and root.
# findings: apt-no-recommends apt-lists last-user-root
# ---
FROM python:3.13-slim

RUN apt-get update && apt-get install -y build-essential libpq-dev

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

RUN useradd --system --uid 10001 app
USER app
COPY . .

USER root
RUN chmod +x /app/start.sh
ENTRYPOINT ["/app/start.sh"]

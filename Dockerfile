# syntax=docker/dockerfile:1
FROM python:3.12-slim AS packages
WORKDIR /build
COPY requirements/run.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
       --require-hashes --no-deps --only-binary :all: -r run.lock

FROM python:3.12-slim
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/bob --create-home bob
COPY --from=packages /opt/venv /opt/venv
WORKDIR /opt/bob
COPY LICENSE LICENSE-CONTENT ./
COPY bot ./bot
COPY storage ./storage
COPY scheduler ./scheduler
# Compiled here, since the user that runs Bob may not write into this folder.
RUN /opt/venv/bin/python -m compileall -q bot storage scheduler
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/bob \
    LOG_FORMAT=json
USER 10001:10001
VOLUME /var/lib/bob
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-m", "bot", "doctor", "--quick"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
